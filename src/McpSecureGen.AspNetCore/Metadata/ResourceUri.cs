namespace McpSecureGen.Metadata;

/// <summary>URLs of this server as the outside sees them, made of settings and never of a request (its <c>Host</c> is the client's text).</summary>
internal static class ResourceUri
{
    internal const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>An absolute http or https URL without user information and fragment; null for anything else.</summary>
    internal static Uri? TryParse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) &&
        uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && uri.Host.Length > 0
            ? uri
            : null;

    /// <summary>RFC 9728, section 3.1: the well-known path stands between the authority and the path of the resource.</summary>
    internal static string MetadataOf(Uri resource) =>
        $"{resource.Scheme}://{Authority(resource)}{WellKnown}{(resource.AbsolutePath == "/" ? "" : resource.AbsolutePath)}{resource.Query}";

    /// <summary>Host and port, the port left out where it is the scheme's own.</summary>
    internal static string Authority(Uri uri) =>
        uri.IsDefaultPort ? Bracketed(uri) : FormattableString.Invariant($"{Bracketed(uri)}:{uri.Port}");

    private static string Bracketed(Uri uri) => uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
}
