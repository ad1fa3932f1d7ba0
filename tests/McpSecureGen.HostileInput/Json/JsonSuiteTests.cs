using System.Globalization;
using System.Text;
using System.Text.Json;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.HostileInput.Json.Support;

namespace McpSecureGen.HostileInput.Json;

/// <summary>
/// JSONTestSuite through a running server: each file raw as an argument, as all arguments, and as text that is declared to hold JSON. What is no JSON never
/// reaches the method; what is JSON does, but for the few files that are refused for a reason of their own.
/// </summary>
[Collection("Json")]
public sealed class JsonSuiteTests(ITestOutputHelper output)
{
    /// <summary>Files that every JSON parser must take and that no tool should.</summary>
    private static readonly Dictionary<string, string> RefusedOnPurpose = new(StringComparer.Ordinal)
    {
        ["y_object_duplicated_key.json"] = "a member twice",
        ["y_object_duplicated_key_and_value.json"] = "a member twice",
        ["y_object_escaped_null_in_key.json"] = "U+0000",
        ["y_string_null_escape.json"] = "U+0000",
    };

    [Theory]
    [InlineData("argument")]
    [InlineData("arguments")]
    [InlineData("text")]
    public async Task What_is_no_JSON_never_reaches_a_method_and_what_is_does(string how)
    {
        var folder = Corpora.FolderOrSkip("json/JSONTestSuite");
        var rows = new SortedDictionary<string, int[]>(StringComparer.Ordinal) { ["n (not JSON)"] = new int[3], ["y (JSON)"] = new int[3] };
        var problems = new List<string>();
        var method = how == "text" ? nameof(PackedTools.PackedAny) : nameof(PackedTools.AnyJson);
        var tool = Answers.ToolName(method);
        var server = await JsonStringTests.StartAsync();
        try
        {
            // What is no JSON gets no answer of its own: all of it is sent, and the method must not have run by the end.
            var (row, before) = (rows["n (not JSON)"], Ran.Count(method));
            foreach (var file in Directory.EnumerateFiles(folder, "n_*.json"))
            {
                var request = Request(await File.ReadAllBytesAsync(file), how);
                row[request is null ? 2 : 1]++;
                server = request is null ? server : await SendAsync(server, tool, request);
            }

            await Task.Delay(500);
            Assert.True(before == Ran.Count(method), $"{Ran.Count(method) - before} files that are no JSON ran the method, the last with {(before == Ran.Count(method) ? "" : Ran.Last(method))}");
            row = rows["y (JSON)"];
            foreach (var file in Directory.EnumerateFiles(folder, "y_*.json"))
            {
                var name = Path.GetFileName(file);
                var request = Encoding.UTF8.GetString(OneLine(Request(await File.ReadAllBytesAsync(file), how)!));
                before = Ran.Count(method);
                await server.SendAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{request}},"_meta":{{RawServer.Meta}}}""");
                var ran = Ran.Count(method) - before;
                row[ran > 0 ? 0 : 1]++;

                // All arguments as the file itself are not the ones the method has.
                if (how != "arguments" && ran == 1 == RefusedOnPurpose.ContainsKey(name))
                {
                    problems.Add($"{name} {(ran == 1 ? "ran the method" : "was refused")}");
                }
            }
        }
        finally
        {
            await server.DisposeAsync();
        }

        output.WriteLine($"JSONTestSuite as {how}: {"kind",-14} {"ran",5} {"refused",8} {"not text",9}");
        foreach (var (kind, row) in rows)
        {
            output.WriteLine($"{"",20} {kind,-14} {row[0],5} {row[1],8} {row[2],9}");
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.True(rows.Values.Sum(static row => row.Sum()) > 250);
    }

    /// <summary>The same families, always at hand.</summary>
    [Theory]
    [InlineData("[1,]"), InlineData("[1 true]"), InlineData("[,1]"), InlineData("{\"a\":1,}"), InlineData("{a:1}"), InlineData("{'a':1}"), InlineData("[01]"), InlineData("[+1]")]
    [InlineData("[1.]"), InlineData("[.5]"), InlineData("[0x1]"), InlineData("[NaN]"), InlineData("[Infinity]"), InlineData("[1e]"), InlineData("[\"\\x00\"]"), InlineData("[\"\\u00G0\"]")]
    [InlineData("[\"a"), InlineData("[\"\t\"]"), InlineData("[tru]"), InlineData("[nul]"), InlineData("[1]]"), InlineData("[1]x"), InlineData("// c\n1"), InlineData("/**/1"), InlineData("\ufeff[]")]
    [InlineData("<html>"), InlineData("["), InlineData("{"), InlineData(""), InlineData(" "), InlineData("[\"\\uD83D\\u\"]"), InlineData("{\"a\":1 \"b\":2}"), InlineData("[1:2]"), InlineData("[-]"), InlineData("[--1]")]
    public async Task Malformed_JSON_never_reaches_a_method(string json)
    {
        var before = (Ran.Count(nameof(PackedTools.AnyJson)), Ran.Count(nameof(PackedTools.PackedAny)));

        await using var last = await SendAsync(await JsonStringTests.StartAsync(), "any_json", [.. "{\"value\":"u8, .. Encoding.UTF8.GetBytes(json), (byte)'}']);
        Assert.NotNull(await last.RuleAsync("packed_any", nameof(PackedTools.PackedAny), JsonStringTests.Arguments(json)));

        Assert.Equal(before, (Ran.Count(nameof(PackedTools.AnyJson)), Ran.Count(nameof(PackedTools.PackedAny))));
    }

    private static byte[]? Request(byte[] file, string how) => how switch
    {
        "text" => AsText(file),
        "arguments" => file,
        _ => [.. "{\"value\":"u8, .. file, (byte)'}'],
    };

    /// <summary>Sends a line that may break the framing; the answer to a good request behind it says that it was dealt with.</summary>
    private static async Task<RawServer> SendAsync(RawServer server, string tool, byte[] arguments)
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"jsonrpc\":\"2.0\",\"id\":999999,\"method\":\"tools/call\",\"params\":{{\"name\":\"{tool}\",\"arguments\":"));
        await server.WriteAsync([.. head, .. arguments, .. Encoding.UTF8.GetBytes($",\"_meta\":{RawServer.Meta}}}}}\n")]);
        try
        {
            await server.SendAsync("ping", "{}");
            return server;
        }
        catch (EndOfStreamException)
        {
            // The transport gave the line up and closed: nothing ran, and the next one needs a server.
            await server.DisposeAsync();
            return await JsonStringTests.StartAsync();
        }
    }

    /// <summary>A line feed ends a message; white space is white space.</summary>
    private static byte[] OneLine(byte[] json) => [.. json.Select(static b => b is (byte)'\n' or (byte)'\r' ? (byte)' ' : b)];

    private static byte[]? AsText(byte[] bytes)
    {
        try
        {
            return Encoding.UTF8.GetBytes(JsonStringTests.Arguments(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes)));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
