using System.Net;

namespace McpSecureGen.Validation.Urls;

/// <summary>Where a response sends its request next, by the rules of the Fetch standard and stricter ones where a credential or a network is at stake.</summary>
internal static class Redirect
{
    internal static bool Is(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect &&
        response.Headers.NonValidated.Contains("Location");

    /// <summary>The next request, or null and why there is none.</summary>
    internal static (HttpRequestMessage Message, CheckedUrl Url)? Next(
        HttpRequestMessage last, HttpResponseMessage response, CheckedUrl from, UrlPolicy policy, out string fault)
    {
        var location = response.Headers.NonValidated["Location"];
        if (location.Count != 1)
        {
            fault = "it has several Location headers";
            return null;
        }

        var text = location.ToString();
        if (text.Length > policy.MaxLength || UrlSyntax.FaultOfCharacters(text) is not null || !Uri.TryCreate(from.Uri, text, out var target))
        {
            fault = "its target is malformed";
            return null;
        }

        // An absolute target is judged as it is written; a relative one as it reads after it was resolved.
        var url = UrlSyntax.Parse(HasScheme(text) ? text : target.AbsoluteUri, policy, out fault);
        if (url is null)
        {
            fault = $"its target {fault}";
            return null;
        }

        if (from.Uri.Scheme == Uri.UriSchemeHttps && url.Uri.Scheme != Uri.UriSchemeHttps)
        {
            fault = "it leads from https to http";
            return null;
        }

        var sameOrigin = url.Uri.Scheme == from.Uri.Scheme && url.Host.Text == from.Host.Text && url.Uri.Port == from.Uri.Port;
        var becomesGet = response.StatusCode == HttpStatusCode.SeeOther
            ? last.Method != HttpMethod.Head
            : response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found && last.Method == HttpMethod.Post;
        var (method, content) = becomesGet ? (HttpMethod.Get, null) : (last.Method, last.Content);
        if (content is not null && !sameOrigin)
        {
            // Stricter than the Fetch standard: what was written for one host is not handed to another that it names.
            fault = "it would send the request's body to another origin";
            return null;
        }

        return (RequestCopy.Of(last, url.Uri, method, content, sameOrigin), url);
    }

    private static bool HasScheme(string text)
    {
        var end = text.AsSpan().IndexOfAny(":/?#");
        return end > 0 && text[end] == ':';
    }
}
