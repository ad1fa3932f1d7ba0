using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC5004WeakenedValidationAnalyzer>;
using VerifyFix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC5004WeakenedValidationAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC5004RestoreValidationFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC5004Tests
{
    [Theory]
    [InlineData("ValidateAudience")]
    [InlineData("ValidateIssuer")]
    [InlineData("ValidateLifetime")]
    [InlineData("RequireSignedTokens")]
    [InlineData("RequireExpirationTime")]
    [InlineData("RequireAudience")]
    public Task Given_check_switched_off_Triggers(string property) => Source(
        $$"""
        _ = new TokenValidationParameters { {{property}} = {|#0:false|} };
        jwt.TokenValidationParameters.{{property}} = {|#1:Off|};
        """,
        Expected(0, $"TokenValidationParameters.{property} is false"),
        Expected(1, $"TokenValidationParameters.{property} is false"));

    [Theory]
    [InlineData("TokenValidationParameters typed = new() { ValidateAudience = {|#0:false|} };")]
    [InlineData("_ = new Params { ValidateAudience = {|#0:false|} };")]
    [InlineData("_ = new JwtBearerOptions { TokenValidationParameters = { ValidateAudience = {|#0:false|} } };")]
    [InlineData("_ = new JwtBearerOptions { TokenValidationParameters = new() { ValidateIssuer = true, ValidateAudience = {|#0:false|} } };")]
    [InlineData("Action<JwtBearerOptions> configure = o => o.TokenValidationParameters.ValidateAudience = {|#0:false|};")]
    [InlineData("void Configure(JwtBearerOptions o) { var p = o.TokenValidationParameters; p.ValidateAudience = {|#0:!true|}; }")]
    [InlineData("if (development) { (jwt?.TokenValidationParameters)!.ValidateAudience = {|#0:Settings.Off|}; }")]
    [InlineData("_ = new Stricter { ValidateAudience = {|#0:false|} };")]
    public Task Given_another_way_to_write_it_Triggers(string statement) => Source(
        statement, Expected(0, "TokenValidationParameters.ValidateAudience is false"));

    [Fact]
    public Task Given_keys_without_https_Triggers() => Source(
        """
        jwt.RequireHttpsMetadata = {|#0:false|};
        _ = new Microsoft.IdentityModel.Protocols.HttpDocumentRetriever { RequireHttps = {|#1:false|} };
        """,
        Expected(0, "JwtBearerOptions.RequireHttpsMetadata is false"),
        Expected(1, "HttpDocumentRetriever.RequireHttps is false"));

    [Theory]
    [InlineData("SignatureValidator", "(token, p) => new JsonWebToken(token)")]
    [InlineData("SignatureValidator", "(token, p) => new JsonWebTokenHandler().ReadJsonWebToken(token)")]
    [InlineData("SignatureValidator", "delegate (string token, TokenValidationParameters p) { return new JsonWebTokenHandler().ReadToken(token); }")]
    [InlineData("SignatureValidatorUsingConfiguration", "(token, p, c) => new JsonWebToken(token)")]
    [InlineData("AudienceValidator", "(audiences, token, p) => true")]
    [InlineData("AudienceValidator", "(audiences, token, p) => { Console.WriteLine(token); return true; }")]
    [InlineData("AudienceValidator", "Accept")]
    [InlineData("AudienceValidator", "Elsewhere.Accept")]
    [InlineData("LifetimeValidator", "(a, b, c, d) => { if (a is null) { return true; } return true; }")]
    [InlineData("IssuerValidator", "(issuer, token, p) => issuer")]
    [InlineData("IssuerValidatorUsingConfiguration", "(issuer, token, p, c) => issuer")]
    [InlineData("AlgorithmValidator", "(algorithm, key, token, p) => true")]
    [InlineData("TypeValidator", "(type, token, p) => type")]
    public Task Given_validator_that_accepts_everything_Triggers(string property, string validator) => Source(
        $$"""
        jwt.TokenValidationParameters.{{property}} = {|#0:{{validator}}|};
        """, Expected(0, $"TokenValidationParameters.{property} accepts everything"));

    [Theory]
    [InlineData("SignatureValidator", "(token, p) => Check(token)")]
    [InlineData("SignatureValidator", "(token, p) => { Verify(token); return new JsonWebToken(token); }")]
    [InlineData("SignatureValidator", "null")]
    [InlineData("AudienceValidator", "(audiences, token, p) => audiences.Contains(\"mcp\")")]
    [InlineData("AudienceValidator", "(audiences, token, p) => { if (audiences is null) { throw new Exception(); } return true; }")]
    [InlineData("AudienceValidator", "(audiences, token, p) => false")]
    [InlineData("AudienceValidator", "(audiences, token, p) => audiences.All(a => true) && audiences.Any(a => a == \"x\")")]
    [InlineData("IssuerValidator", "(issuer, token, p) => issuer == \"x\" ? issuer : throw new Exception()")]
    [InlineData("IssuerValidator", "(issuer, token, p) => { Verify(issuer); return issuer; }")]
    [InlineData("TokenReplayValidator", "null")]
    public Task Given_validator_that_may_check_DoesNotTrigger(string property, string validator) => Source(
        $"jwt.TokenValidationParameters.{property} = {validator};");

    [Theory]
    [InlineData("TimeSpan.FromMinutes(6)")]
    [InlineData("TimeSpan.FromHours(1)")]
    [InlineData("TimeSpan.FromDays(1, 0, 0, 0, 0, 0)")]
    [InlineData("new TimeSpan(0, 5, 1)")]
    [InlineData("new TimeSpan(1, 0, 0, 0)")]
    [InlineData("TimeSpan.MaxValue")]
    public Task Given_long_clock_skew_Triggers(string skew) => Source(
        $$"""jwt.TokenValidationParameters.ClockSkew = {|#0:{{skew}}|};""",
        Expected(0, "TokenValidationParameters.ClockSkew is more than five minutes, and a token lives that much longer"));

    [Theory]
    [InlineData("TimeSpan.FromMinutes(5)")]
    [InlineData("TimeSpan.Zero")]
    [InlineData("new TimeSpan(0, 0, 30)")]
    [InlineData("new TimeSpan(1)")]
    [InlineData("skew")]
    [InlineData("skew.Add(skew)")]
    public Task Given_short_or_unknown_clock_skew_DoesNotTrigger(string skew) => Source($"jwt.TokenValidationParameters.ClockSkew = {skew};");

    [Theory]
    [InlineData("[\"ES256\", {|#0:\"none\"|}]", "none")]
    [InlineData("new[] { {|#0:\"nOnE\"|} }", "nOnE")]
    [InlineData("new List<string> { {|#0:SecurityAlgorithms.None|} }", "none")]
    public Task Given_algorithm_none_Triggers(string algorithms, string written) => Source(
        $"jwt.TokenValidationParameters.ValidAlgorithms = {algorithms};",
        Expected(0, $"TokenValidationParameters.ValidAlgorithms lists '{written}', so that unsigned tokens pass"));

    [Fact]
    public Task Given_backchannel_that_trusts_any_certificate_Triggers() => Source(
        """
        jwt.BackchannelHttpHandler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = {|#0:HttpClientHandler.DangerousAcceptAnyServerCertificateValidator|},
        };
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = {|#1:(a, b, c, d) => true|} };
        jwt.Backchannel = new HttpClient(handler);
        var sockets = new SocketsHttpHandler();
        sockets.SslOptions.RemoteCertificateValidationCallback = {|#2:delegate { return true; }|};
        jwt.BackchannelHttpHandler = sockets;
        """,
        Expected(0, "HttpClientHandler.ServerCertificateCustomValidationCallback accepts any certificate, so that anyone on the way can supply the issuer's keys"),
        Expected(1, "HttpClientHandler.ServerCertificateCustomValidationCallback accepts any certificate, so that anyone on the way can supply the issuer's keys"),
        Expected(2, "SslClientAuthenticationOptions.RemoteCertificateValidationCallback accepts any certificate, so that anyone on the way can supply the issuer's keys"));

    [Fact]
    public Task Given_sound_or_unrelated_settings_DoesNotTrigger() => Source(
        """
        _ = new TokenValidationParameters
        {
            ValidateAudience = true, ValidateIssuer = !development, ValidateIssuerSigningKey = false, ValidateActor = false, SaveSigninToken = false,
            ValidAlgorithms = ["ES256"], ValidTypes = ["none"], ValidIssuer = "none",
        };
        jwt.RequireHttpsMetadata = !development;
        jwt.MapInboundClaims = false;
        _ = new Mine { ValidateAudience = false };
        var other = new HttpClientHandler { ServerCertificateCustomValidationCallback = (a, b, c, d) => true };
        jwt.BackchannelHttpHandler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (a, b, c, d) => d == 0 };
        """);

    [Fact]
    public Task Given_project_that_serves_nothing_DoesNotTrigger()
    {
        var test = Verify.Test("_ = new Microsoft.IdentityModel.Tokens.TokenValidationParameters { ValidateAudience = false };");
        test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.Remove(References.Own);
        test.TestState.AdditionalReferences.AddRange(References.Web.Where(r => r.Display?.Contains("ModelContextProtocol", StringComparison.Ordinal) is false));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_pragma_and_editorconfig_DoesNotTrigger()
    {
        var test = Program("""
            #pragma warning disable MCPSEC5004
            jwt.RequireHttpsMetadata = false;
            #pragma warning restore MCPSEC5004
            """);
        test.TestState.Sources.Add(("/0/Quiet.cs", """
            static class Quiet { static object P => new Microsoft.IdentityModel.Tokens.TokenValidationParameters { ValidateAudience = false }; }
            """));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", """
            root = true
            [Quiet.cs]
            dotnet_diagnostic.MCPSEC5004.severity = none
            """));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Program("jwt.TokenValidationParameters.ValidateAudience = [|false|];");
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_fix_Restores_every_check()
    {
        var test = VerifyFix.Test(
            Code("""
                jwt.RequireHttpsMetadata = /* local */ [|false|];
                jwt.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidateAudience = [|false|],
                    ClockSkew = [|TimeSpan.FromHours(1)|],
                    ValidIssuer = "a",
                    AudienceValidator = [|(a, b, c) => true|],
                };
                jwt.TokenValidationParameters.IssuerValidator = [|(issuer, token, p) => issuer|];
                _ = new TokenValidationParameters { ValidIssuer = "a", LifetimeValidator = [|(a, b, c, d) => true|] };
                """),
            Code("""
                jwt.RequireHttpsMetadata = /* local */ true;
                jwt.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidateAudience = true,
                    ValidIssuer = "a",
                };
                _ = new TokenValidationParameters { ValidIssuer = "a" };
                """),
            MCPSEC5004RestoreValidationFix.RestoreKey);
        test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.AddRange(References.Web);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_algorithm_list_Offers_no_fix()
    {
        var source = Code("jwt.TokenValidationParameters.ValidAlgorithms = [[|\"none\"|]];");
        var test = VerifyFix.Test(source, source, MCPSEC5004RestoreValidationFix.RestoreKey);
        test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.AddRange(References.Web);
        return test.RunAsync();
    }

    private static DiagnosticResult Expected(int location, string what) => Verify.Diagnostic().WithLocation(location).WithArguments(what);

    private static Task Source(string statements, params DiagnosticResult[] expected) => Program(statements, expected).RunAsync();

    private static Verify.AnalyzerTest Program(string statements, params DiagnosticResult[] expected)
    {
        var test = Verify.Test(Code(statements), expected);
        test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.AddRange(References.Web);
        test.TestState.Sources.Add("""
            using System.Collections.Generic;
            using Microsoft.IdentityModel.Tokens;
            public static class Elsewhere
            {
                public static bool Accept(IEnumerable<string> audiences, SecurityToken token, TokenValidationParameters parameters) { return true; }
            }
            """);
        return test;
    }

    private static string Code(string statements) => $$"""
        using System.Linq;
        using System.Net.Http;
        using Microsoft.AspNetCore.Authentication.JwtBearer;
        using Microsoft.IdentityModel.JsonWebTokens;
        using Microsoft.IdentityModel.Tokens;
        using Params = Microsoft.IdentityModel.Tokens.TokenValidationParameters;

        const bool Off = false;
        var development = args.Length > 0;
        var skew = TimeSpan.FromSeconds(args.Length);
        var jwt = new JwtBearerOptions();
        {{statements}}

        bool Accept(IEnumerable<string> audiences, SecurityToken token, TokenValidationParameters parameters) => true;
        SecurityToken Check(string token) => throw new InvalidOperationException(token);
        void Verify(string token) { }

        static class Settings { public const bool Off = false; }
        sealed class Stricter : TokenValidationParameters;
        sealed class Mine { public bool ValidateAudience { get; set; } }
        """;
}
