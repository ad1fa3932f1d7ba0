namespace FileServer.Demo;

/// <summary>The tokens of the demo: three good ones and every kind of bad one.</summary>
internal sealed class Tokens(TokenIssuer issuer)
{
    public string Reader { get; } = issuer.Token("rita", "reader");

    public string Developer { get; } = issuer.Token("dora", "developer");

    public string Administrator { get; } = issuer.Token("ada", "administrator");

    public string Stranger { get; } = issuer.Token("sam", "visitor");

    public string Expired { get; } = issuer.Token("dora", "developer", age: TimeSpan.FromMinutes(6));

    public string WrongAudience { get; } = issuer.Token("dora", "developer", audience: "urn:example:another-server");

    public string WrongKey { get; } = issuer.Token("dora", "developer", foreignKey: true);

    public string LivesTooLong { get; } = issuer.Token("dora", "developer", lifetime: TimeSpan.FromHours(1));

    public string Tampered => TokenIssuer.Tampered(Reader, "administrator");

    public string Unsigned => TokenIssuer.Unsigned(Administrator);
}
