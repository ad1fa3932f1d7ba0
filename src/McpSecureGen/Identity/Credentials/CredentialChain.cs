namespace McpSecureGen.Identity;

/// <summary>Asks several sources in order and takes the first that has anything, usable or not.</summary>
/// <remarks>
/// A credential that is present but invalid ends the search: falling through to a weaker source would let a caller choose whose rights it acts with.
/// </remarks>
public sealed class CredentialChain
{
    private readonly ICredentialSource[] _sources;

    /// <summary>The sources, the most specific first.</summary>
    public CredentialChain(IReadOnlyList<ICredentialSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _sources = [.. sources];
        foreach (var source in _sources)
        {
            ArgumentNullException.ThrowIfNull(source, nameof(sources));
        }
    }

    /// <summary>The first credential that is not absent. Never throws: a source that breaks counts as one with an invalid credential.</summary>
    public CredentialLookup Find(in CredentialRequest request)
    {
        foreach (var source in _sources)
        {
            CredentialLookup found;
            try
            {
                found = source.Find(request);
            }
#pragma warning disable CA1031 // A source that breaks may have held a credential: the call is refused, whatever broke.
            catch (Exception)
#pragma warning restore CA1031
            {
                return new(CredentialStatus.Invalid, null, default);
            }

            if (found.Status != CredentialStatus.Absent)
            {
                return found;
            }
        }

        return CredentialLookup.Absent;
    }
}
