using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>What is sensitive in a result, or came in as a sensitive argument, does not reach the client.</summary>
[Collection(nameof(OutputTools))]
public sealed class SensitiveOutputTests
{
    [Theory]
    [InlineData("s_account")]
    [InlineData("s_account_text")]
    [InlineData("s_accounts")]
    [InlineData("s_object")]
    public async Task A_sensitive_member_of_a_result_does_not_leave(string tool)
    {
        await using var server = await StartAsync();
        server.Lines.Clear();

        var answer = await server.CallAsync(tool);

        var line = Assert.Single(server.Lines);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.DoesNotContain("471100", line, StringComparison.Ordinal);
        Assert.Contains("[redacted]", PipeServer.Text(answer), StringComparison.Ordinal);
        Assert.Contains("ann", PipeServer.Text(answer), StringComparison.Ordinal);
        if (answer.GetProperty("result").TryGetProperty("structuredContent", out var structured))
        {
            Assert.Equal(structured.GetRawText(), JsonElement.Parse(PipeServer.Text(answer)).GetRawText());
        }
    }

    [Fact]
    public async Task A_sensitive_argument_is_not_echoed_and_an_open_one_is()
    {
        await using var server = await StartAsync();
        server.Lines.Clear();
        const string arguments = """{"secret":"hunter2 \"quoted\" word","open":"a plain word"}""";

        var structured = await server.CallAsync("s_echo", arguments);
        var text = await server.CallAsync("s_echo_text", arguments);
        var pin = await server.CallAsync("s_echo_pin", """{"pin":4711471}""");
        var error = await server.CallAsync("s_echo_error", """{"secret":"hunter2-hunter2"}""");
        var resource = await server.ReadAsync("secrets://hunter2-hunter2");

        var content = structured.GetProperty("result").GetProperty("structuredContent");
        Assert.Equal("[redacted]", content.GetProperty("secret").GetString());
        Assert.Equal("a plain word", content.GetProperty("open").GetString());
        Assert.StartsWith("[redacted]", content.GetProperty("encoded").GetString(), StringComparison.Ordinal);
        Assert.Equal("a plain word: [redacted]", PipeServer.Text(text));
        Assert.Equal(0, pin.GetProperty("result").GetProperty("structuredContent").GetProperty("pin").GetInt32());
        Assert.True(error.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Equal("the key is [redacted]", resource.GetProperty("result").GetProperty("contents")[0].GetProperty("text").GetString());
        Assert.Equal("secrets://hunter2-hunter2", resource.GetProperty("result").GetProperty("contents")[0].GetProperty("uri").GetString());
        Assert.DoesNotContain(server.Lines.SkipLast(1), static line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sensitive_date_is_not_echoed()
    {
        await using var server = await StartAsync();

        Assert.Equal("born on [redacted]", PipeServer.Text(await server.CallAsync("s_echo_born", """{"born":"1990-05-17"}""")));
    }

    [Theory]
    [InlineData(8, 1_024, true)]
    [InlineData(9, 1_000, false)]
    public async Task The_client_does_not_set_the_price_of_looking_for_its_secrets(int lists, int length, bool isAccepted)
    {
        await using var server = await StartAsync();
        var secrets = Enumerable.Range(0, lists).Select(list => Enumerable.Range(0, length).Select(item => $"secret-{list}-{item}"));

        var answer = PipeServer.Text(await server.CallAsync("s_many", $$"""{"secrets":{{JsonSerializer.Serialize(secrets)}}}"""));

        Assert.Equal(isAccepted, answer == $"{lists * length} secrets");
        Assert.Equal(!isAccepted, answer.Contains("at most 8192 different sensitive values", StringComparison.Ordinal));
        Assert.Equal(isAccepted ? 1 : 0, server.Effects.Count("many"));
    }

    [Fact]
    public async Task A_sensitive_argument_that_is_too_short_to_tell_from_chance_is_left()
    {
        await using var server = await StartAsync();

        Assert.Equal("a yes: yes", PipeServer.Text(await server.CallAsync("s_echo_text", """{"secret":"yes","open":"a yes"}""")));
    }

    [Fact]
    public async Task The_token_of_a_call_does_not_come_back()
    {
        await using var server = await StartAsync();
        SensitiveTools.Held = PipeServer.Token;

        Assert.Equal("the token is [redacted: token] and more", PipeServer.Text(await server.CallAsync("s_token")));
        SensitiveTools.Held = "elsewhere";
        Assert.Equal("the token is elsewhere and more", PipeServer.Text(await server.CallAsync("s_token")));
    }

    [Fact]
    public async Task A_sensitive_return_value_is_for_the_client_and_for_nobody_else()
    {
        await using var server = await StartAsync();

        Assert.Equal(SensitiveTools.Secret, PipeServer.Text(await server.CallAsync("s_return")));
        Assert.DoesNotContain("hunter2", server.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_the_SDK_calls_by_itself_is_refused_where_it_would_write_out_sensitive_members()
    {
        // A route on which nobody sees the serializer options: the SDK's primitive is made by reflection.
        await using var server = await PipeServer.StartAsync(static b => b.Services.Configure<McpServerOptions>(static options =>
        {
            options.ToolCollection ??= [];
            foreach (var name in new[] { nameof(SensitiveTools.Effect), nameof(SensitiveTools.Plain) })
            {
                options.ToolCollection.Add(UnseenRoute.Create(typeof(SensitiveTools).GetMethod(name)!));
            }
        }));

        var refused = await server.CallAsync("s_effect");
        var plain = await server.CallAsync("s_plain");

        Assert.True(refused.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Contains("[Sensitive]", PipeServer.Text(refused), StringComparison.Ordinal);
        Assert.Equal(0, server.Effects.Count("ran"));
        Assert.Equal("plain", PipeServer.Text(plain));
    }

    [Fact]
    public async Task Secret_patterns_hold_on_every_part_of_a_result()
    {
        OutputTools.Payload = "case C-123456, key AK" + "IAQYLPMN5HHHFPZAM2";
        await using var server = await PipeServer.StartAsync(static b => b.WithTools<OutputTools>(), static settings =>
        {
            settings["McpSecurity:Output:RedactSecrets"] = "true";
            settings["McpSecurity:Output:SecretPatterns:case number"] = @"\bC-[0-9]{6}\b";
        });
        await using var without = await PipeServer.StartAsync(static b => b.WithTools<OutputTools>());

        foreach (var tool in new[] { "o_text", "o_block", "o_embedded", "o_link", "o_structured", "o_throw" })
        {
            server.Lines.Clear();
            await server.CallAsync(tool);
            Assert.Contains("[redacted: case number]", string.Join('\n', server.Lines), StringComparison.Ordinal);
            Assert.Contains("[redacted: aws access key id]", string.Join('\n', server.Lines), StringComparison.Ordinal);
            Assert.DoesNotContain("QYLPMN5", string.Join('\n', server.Lines), StringComparison.Ordinal);
        }

        Assert.Equal(OutputTools.Payload, PipeServer.Text(await without.CallAsync("o_text")));
    }

    [Fact]
    public async Task A_result_that_cannot_be_checked_is_withheld()
    {
        await using var server = await PipeServer.StartAsync(static b => b.WithTools<UncheckableTools>());

        var deep = await server.CallAsync("u_deep");
        var strange = await server.CallAsync("u_null");
        var fine = await server.CallAsync("u_fine");

        Assert.Equal("The result could not be checked and is withheld.", PipeServer.Text(deep));
        Assert.True(strange.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.DoesNotContain("secret-behind", string.Join('\n', server.Lines), StringComparison.Ordinal);
        Assert.Contains("output_refused", server.AuditText, StringComparison.Ordinal);
        Assert.Equal("fine", PipeServer.Text(fine));
    }

    [Fact]
    public async Task What_one_client_asked_for_does_not_stand_in_the_answer_to_another()
    {
        await using var server = await PipeServer.StartAsync(static b => b.Services.Configure<McpServerOptions>(static options =>
        {
            options.ResourceCollection ??= [];
            options.ResourceCollection.Add(UnseenRoute.CreateResource(typeof(KeptNotes).GetMethod(nameof(KeptNotes.Note))!));
        }));

        foreach (var uri in new[] { "notes://%61%7Eb", "notes://a~b", "notes://a%7Eb" })
        {
            var content = (await server.ReadAsync(uri)).GetProperty("result").GetProperty("contents")[0];
            Assert.Equal(uri, content.GetProperty("uri").GetString());
            Assert.Equal("kept", content.GetProperty("text").GetString());
        }
    }

    private static Task<PipeServer> StartAsync() => PipeServer.StartAsync(static b => b.WithTools<SensitiveTools>().WithResources<SensitiveTools>());
}
