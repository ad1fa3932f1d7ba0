namespace McpSecureGen.Identity;

/// <summary>Where the key set of an issuer is fetched from.</summary>
internal interface IKeySetSource
{
    /// <summary>The JSON of the set.</summary>
    /// <exception cref="HttpRequestException">The answer is not a key set, or comes from where none may come from.</exception>
    Task<string> FetchAsync(CancellationToken cancellationToken);
}
