using System.Reflection;
using McpSecureGen.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Paths;

/// <summary>The same rule wherever a path stands in the arguments, and no way around it.</summary>
public sealed class PositionTests
{
    private static readonly string[] Hostile = ["../outside.txt", "/etc/passwd", "out/outside.txt", "file", "..\\outside.txt", "%2e%2e/outside.txt", "a.txt\0", ""];

    public static TheoryData<string> Tools =>
    [
        "in_string", "in_string_array", "in_string_list", "in_string_dictionary", "in_confined", "in_confined_optional", "in_confined_array", "in_confined_list", "in_confined_dictionary", "in_string_set", "in_confined_set", "in_members", "in_members_array",
    ];

    [Theory, MemberData(nameof(Tools))]
    public async Task Given_a_path_in_any_position_When_good_Then_it_is_read_and_When_hostile_Then_nothing_is(string tool)
    {
        await using var server = await PathServer.StartAsync();
        var (isRefused, text) = await server.CallAsync(tool, new { path = Shape(tool, "a.txt") });
        Assert.False(isRefused, text);
        Assert.Contains("inside", text, StringComparison.Ordinal);
        foreach (var payload in Hostile)
        {
            (isRefused, text) = await server.CallAsync(tool, new { path = Shape(tool, payload) });
            Assert.True(isRefused, payload);
            Assert.False(PathServer.HoldsSecret(text), payload);
            Assert.Contains("must", text, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Folder, text, StringComparison.Ordinal);
        }

        Assert.False(server.HasChangedOutside());
    }

    [Fact]
    public async Task Given_what_is_no_text_When_a_path_is_asked_for_Then_it_is_refused()
    {
        await using var server = await PathServer.StartAsync();
        foreach (var value in (object?[])[null, 1, true, new[] { "a.txt" }, new { Text = "a.txt" }])
        {
            Assert.True((await server.CallAsync("in_confined", new { path = value })).IsRefused);
        }

        Assert.Equal((false, "none"), await server.CallAsync("in_confined_optional", new { }));
    }

    [Fact]
    public async Task Given_a_root_from_the_services_When_a_name_leads_out_Then_the_tool_fails_without_it()
    {
        await using var server = await PathServer.StartAsync();
        Assert.Equal((false, "inside"), await server.CallAsync("root_read", new { name = "sub/b.txt" }));
        foreach (var payload in Hostile[..^2])
        {
            var (isRefused, text) = await server.CallAsync("root_read", new { name = payload });
            Assert.True(isRefused && !PathServer.HoldsSecret(text), payload);
        }
    }

    [Fact]
    public async Task Given_a_tool_from_an_unknown_route_When_it_takes_a_ConfinedPath_Then_the_server_does_not_start_and_says_why()
    {
        // A method group is not intercepted: nobody knows on what the method runs, and the SDK would bind its arguments again.
        Func<MethodInfo, object?, McpServerToolCreateOptions?, McpServerTool> create = McpServerTool.Create;
        var method = typeof(PositionTools).GetMethod(nameof(PositionTools.InConfined))!;
        var problem = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var server = await TestServer.StartAsync(builder => builder.Services.AddSingleton(create(method, null, null)));
        });
        var message = string.Join('\n', Chain(problem));
        Assert.Contains("in_confined", message, StringComparison.Ordinal);
        Assert.Contains("ConfinedPath", message, StringComparison.Ordinal);
        Assert.Contains("WithTools<T>()", message, StringComparison.Ordinal);

        // Its twin with a string is bound by the SDK from the checked value, and starts.
        var twin = typeof(PositionTools).GetMethod(nameof(PositionTools.InString))!;
        await using var good = await TestServer.StartAsync(builder => builder.Services.AddSingleton(create(twin, null, null)));
        File.WriteAllText(Path.Combine(good.Security.Root, "a.txt"), "inside");
        Assert.Equal("inside", TestServer.Text(await good.CallAsync("in_string", """{"path":"a.txt"}""", Issuer.Token("read:files"))));
    }

    [Fact]
    public async Task Given_a_root_that_is_not_configured_When_the_server_starts_Then_it_does_not()
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var server = await TestServer.StartAsync(static builder => builder.WithTools<PositionTools>(), settings: static settings => settings.Remove("McpSecurity:Roots:ws"));
        });
        Assert.Contains("McpSecurity:Roots:ws", string.Join('\n', Chain(problem)), StringComparison.Ordinal);
    }

    private static object Shape(string tool, string path) => tool switch
    {
        "in_string_array" or "in_string_list" or "in_string_set" or "in_confined_set" or "in_confined_array" or "in_confined_list" => new[] { "a.txt", path },
        "in_string_dictionary" or "in_confined_dictionary" => new Dictionary<string, string> { ["good"] = "a.txt", ["other"] = path },
        "in_members" => Members(path),
        "in_members_array" => new[] { Members("a.txt"), Members(path) },
        _ => path,
    };

    private static object Members(string path) => new { first = "a.txt", second = "sub/b.txt", more = new[] { "a.txt", path } };

    private static IEnumerable<string> Chain(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
        {
            yield return problem.Message;
        }
    }
}
