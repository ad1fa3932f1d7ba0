using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>How a setting of token validation can be weakened.</summary>
internal enum Weakness
{
    /// <summary>It is a check, and false leaves it out.</summary>
    False,

    /// <summary>It is a delegate that decides, and one that accepts everything leaves the check out.</summary>
    AcceptsEverything,

    /// <summary>It is a duration, and a long one lets expired tokens live on.</summary>
    LongSkew,

    /// <summary>It is a list of algorithms, and <c>none</c> in it admits unsigned tokens.</summary>
    NoneAlgorithm,

    /// <summary>It is the handler that fetches the issuer's keys, and one that trusts any certificate admits anyone's keys.</summary>
    Backchannel,
}

/// <summary>The settings of Microsoft.IdentityModel and of ASP.NET Core's JwtBearer on which the validity of a token rests.</summary>
/// <remarks>
/// <c>ValidateIssuerSigningKey</c>, <c>ValidateTokenReplay</c> and <c>ValidateActor</c> are not among them: they are off by default and add to the
/// signature check, which none of them switches off.
/// </remarks>
internal static class TokenValidationSettings
{
    private const string Tokens = "Microsoft.IdentityModel.Tokens";
    private const string JwtBearer = "Microsoft.AspNetCore.Authentication.JwtBearer";
    private const string Protocols = "Microsoft.IdentityModel.Protocols";

    /// <summary>The greatest clock skew that is no finding: the default of Microsoft.IdentityModel.</summary>
    public static readonly TimeSpan GreatestSkew = TimeSpan.FromMinutes(5);

    /// <summary>How the property can be weakened; null when it is none of these settings.</summary>
    public static Weakness? Of(IPropertySymbol property) => property.Name switch
    {
        "ValidateAudience" or "ValidateIssuer" or "ValidateLifetime" or "RequireSignedTokens" or "RequireExpirationTime" or "RequireAudience"
            when IsParameters(property) => Weakness.False,
        "RequireHttpsMetadata" when Is(property, JwtBearer, "JwtBearerOptions") => Weakness.False,
        "RequireHttps" when Is(property, Protocols, "HttpDocumentRetriever") => Weakness.False,
        "SignatureValidator" or "SignatureValidatorUsingConfiguration" or "AudienceValidator" or "IssuerValidator" or "IssuerValidatorAsync"
            or "IssuerValidatorUsingConfiguration" or "LifetimeValidator" or "AlgorithmValidator" or "TypeValidator"
            when IsParameters(property) => Weakness.AcceptsEverything,
        "ClockSkew" when IsParameters(property) => Weakness.LongSkew,
        "ValidAlgorithms" when IsParameters(property) => Weakness.NoneAlgorithm,
        "BackchannelHttpHandler" or "Backchannel" when Is(property, JwtBearer, "JwtBearerOptions") => Weakness.Backchannel,
        _ => null,
    };

    /// <summary>The callbacks by which a handler judges a server's certificate.</summary>
    public static bool IsCertificateCallback(IPropertySymbol property) => property.Name switch
    {
        "ServerCertificateCustomValidationCallback" => property.ContainingType is { Name: "HttpClientHandler" } type
            && McpSymbols.IsNamespace(type.ContainingNamespace, "System.Net.Http"),
        "RemoteCertificateValidationCallback" => property.ContainingType is { Name: "SslClientAuthenticationOptions" } type
            && McpSymbols.IsNamespace(type.ContainingNamespace, "System.Net.Security"),
        _ => false,
    };

    private static bool IsParameters(IPropertySymbol property) => Is(property, Tokens, "TokenValidationParameters");

    /// <summary>In each of these assemblies the types stand in a namespace of its name.</summary>
    private static bool Is(IPropertySymbol property, string assembly, string type) => McpSymbols.Is(property.ContainingType, assembly, assembly, type);
}
