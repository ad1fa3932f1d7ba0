using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Strictness;

/// <summary>A sensitive value is in no answer, no log and no record, whatever becomes of the call.</summary>
public sealed class SensitiveTests
{
    private const string Secret = "hunter2-hunter2";

    [Theory]
    [InlineData("keep", $$$"""{"secret":"{{{Secret}}}"}""")]
    [InlineData("keep", $$$"""{"secret":"{{{Secret}}}","more":1}""")]
    [InlineData("keep", $$$"""{"secret":["{{{Secret}}}"]}""")]
    [InlineData("keep_short", $$$"""{"secret":"{{{Secret}}}"}""")]
    [InlineData("keep_choice", $$$"""{"secret":"{{{Secret}}}"}""")]
    [InlineData("keep_member", $$$"""{"login":{"name":"n","password":"{{{Secret}}}"} }""")]
    [InlineData("keep_member", $$$"""{"login":{"name":"n","password":"{{{Secret}}}","extra":"{{{Secret}}}"} }""")]
    [InlineData("keep_member", $$$"""{"login":{"name":"n","password":{"a":"{{{Secret}}}"} } }""")]
    [InlineData("keep_members", $$$"""{"logins":[{"name":"n","password":"{{{Secret}}}"}]}""")]
    [InlineData("keep_many", $$$"""{"secrets":["{{{Secret}}}"]}""")]
    [InlineData("throw_text", $$$"""{"secret":"{{{Secret}}}"}""")]
    [InlineData("throw_error", $$$"""{"secret":"{{{Secret}}}"}""")]
    [InlineData("throw_protocol", $$$"""{"secret":"{{{Secret}}}"}""")]
    [InlineData("throw_inner", $$$"""{"secret":"{{{Secret}}}"}""")]
    [InlineData("throw_member", $$$"""{"login":{"name":"n","password":"{{{Secret}}}"} }""")]
    [InlineData("throw_of_list", $$$"""{"secrets":["{{{Secret}}}"]}""")]
    [InlineData("throw_of_values", $$$"""{"logins":{"a":{"name":"n","password":"{{{Secret}}}"} } }""")]
    [InlineData("throw_of_lists", $$$"""{"logins":[[{"name":"n","password":"{{{Secret}}}"}]]}""")]
    public async Task A_sensitive_argument_shows_nowhere(string tool, string arguments)
    {
        await using var server = await RawServer.StartAsync(static builder => builder.WithTools<SecretTools>());

        var answer = await server.CallAsync(tool, arguments);

        Assert.DoesNotContain("hunter2", answer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", server.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", server.AuditText, StringComparison.Ordinal);
        Assert.Contains(tool, server.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_does_not_speak_of_the_secret_keeps_its_text()
    {
        await using var server = await RawServer.StartAsync(static builder => builder.WithTools<SecretTools>());

        Assert.Contains("an open word", (await server.CallAsync("throw_open", $$$"""{"secret":"{{{Secret}}}"}""")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_of_a_sensitive_argument_are_not_told()
    {
        await using var server = await RawServer.StartAsync(static builder => builder.WithTools<SecretTools>());

        var answer = await server.CallAsync("keep_choice", """{"secret":"other"}""");

        Assert.DoesNotContain("opensesame", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("(rule AllowedValues)", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_sensitive_result_not_even_the_length_is_recorded()
    {
        await using var server = await RawServer.StartAsync(static builder => builder.WithTools<SecretTools>());
        server.NewAudit();

        var secret = await server.CallAsync("tell", "{}");
        var open = await server.CallAsync("tell_openly", "{}");

        Assert.Contains(Secret, secret.ToString(), StringComparison.Ordinal);
        Assert.Contains(Secret, open.ToString(), StringComparison.Ordinal);
        JsonElement[] records = [.. server.NewAudit()];
        Assert.Equal(2, records.Length);
        Assert.False(records[0].TryGetProperty("resultLength", out _));
        Assert.Equal(Secret.Length, records[1].GetProperty("resultLength").GetInt32());
        Assert.DoesNotContain("hunter2", server.AuditText + server.Logs.Text, StringComparison.Ordinal);
    }
}

public sealed record Login(string Name, [property: Sensitive] string Password);

[RequiresCapability("read:files")]
internal sealed class SecretTools
{
    [McpServerTool]
    public static int Keep([Sensitive] string secret) => secret.Length;

    [McpServerTool]
    public static int KeepShort([Sensitive, StringLength(5)] string secret) => secret.Length;

    [McpServerTool]
    public static int KeepChoice([Sensitive, AllowedValues("opensesame")] string secret) => secret.Length;

    [McpServerTool]
    public static int KeepMember(Login login) => login.Name.Length;

    [McpServerTool]
    public static int KeepMembers(List<Login> logins) => logins.Count;

    [McpServerTool]
    public static int KeepMany([Sensitive] string[] secrets) => secrets.Length;

    [McpServerTool]
    public static string ThrowText([Sensitive] string secret) => throw new McpException("bad " + secret);

    [McpServerTool]
    public static string ThrowError([Sensitive] string secret) => throw new InvalidOperationException("bad " + secret);

    [McpServerTool]
    public static string ThrowProtocol([Sensitive] string secret) => throw new McpProtocolException("bad " + secret, McpErrorCode.InvalidRequest);

    [McpServerTool]
    public static string ThrowInner([Sensitive] string secret) => throw new McpException("bad", new InvalidOperationException(secret));

    [McpServerTool]
    public static string ThrowMember(Login login) => throw new McpException("bad " + login.Password);

    [McpServerTool]
    public static string ThrowOfList([Sensitive] List<string> secrets) => throw new McpException("bad " + secrets[0]);

    [McpServerTool]
    public static string ThrowOfValues(Dictionary<string, Login> logins) => throw new McpException("bad " + logins.Values.First().Password);

    [McpServerTool]
    public static string ThrowOfLists(List<List<Login>> logins) => throw new McpException("bad " + logins[0][0].Password);

    [McpServerTool]
    public static string ThrowOpen([Sensitive] string secret) => throw new McpException("an open word " + secret.Length);

    [McpServerTool]
    [return: Sensitive]
    public static string Tell() => "hunter2-hunter2";

    [McpServerTool]
    public static string TellOpenly() => "hunter2-hunter2";
}
