using System.Globalization;
using System.Text;
using System.Text.Json;
using McpSecureGen.HostileInput.Support;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Output;

/// <summary>What a client reads holds no character that acts without being seen, on whatever route it left.</summary>
[Collection(nameof(OutputTools))]
public sealed class CharacterOutputTests
{
    private const string Hostile = "a\u001b[31mred\u001b]52;c;eA==\u0007\u202egpj.\u200bexe\udb40\udc41\u2028\u009b2K\ufffe\0z";
    private const string Shown = "a<U+001B>[31mred<U+001B>]52;c;eA==<U+0007><U+202E>gpj.<U+200B>exe<U+E0041><U+2028><U+009B>2K<U+FFFE><U+0000>z";

    public static TheoryData<string> Routes =>
    [
        "o_text", "o_block", "o_error_result", "o_embedded", "o_link", "o_structured", "o_content", "o_throw", "o_throw_protocol", "o_progress",
        "prompt", "output://text", "output://both",
    ];

    [Theory, MemberData(nameof(Routes))]
    public async Task Hostile_characters_are_made_visible_on_every_route(string route)
    {
        OutputTools.Payload = Hostile;
        await using var server = await StartAsync();
        server.Lines.Clear();

        await AskAsync(server, route);

        string[] read = [.. server.Lines.SelectMany(static line => PipeServer.Strings(JsonElement.Parse(line)))];
        Assert.Contains(read, static text => text.Contains(Shown, StringComparison.Ordinal));
        Assert.DoesNotContain(read, HasHostile);
        Assert.DoesNotContain(server.Lines, static line => HasHostile(line) || HasEscapedHostile(line));
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task Ordinary_text_is_unchanged_on_every_route(string route)
    {
        OutputTools.Payload = "naïve\t日本 <b>👩‍🚀</b>\r\nمی‌خواهم \"q\" \\u0041";
        await using var server = await StartAsync();
        server.Lines.Clear();

        await AskAsync(server, route);

        Assert.Contains(server.Lines.SelectMany(static line => PipeServer.Strings(JsonElement.Parse(line))), static text => text.Contains(OutputTools.Payload, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Structured_content_and_text_agree_and_binary_contents_stay()
    {
        OutputTools.Payload = Hostile;
        await using var server = await StartAsync();

        var structured = (await server.CallAsync("o_structured")).GetProperty("result");
        var element = (await server.CallAsync("o_element")).GetProperty("result").GetProperty("structuredContent");
        var image = (await server.CallAsync("o_image")).GetProperty("result").GetProperty("content")[0];
        var both = (await server.ReadAsync("output://both")).GetProperty("result").GetProperty("contents");

        Assert.Equal(Shown, structured.GetProperty("structuredContent").GetProperty("map").EnumerateObject().Single().Name);
        Assert.Equal(Shown, JsonElement.Parse(structured.GetProperty("content")[0].GetProperty("text").GetString()!).GetProperty("text").GetString());
        Assert.Equal("<U+001B>[31m<U+D800>", element.GetProperty("a<U+202E>b").GetString());
        Assert.Equal("G1szMW0A", image.GetProperty("data").GetString());
        Assert.Equal("G1s=", both[1].GetProperty("blob").GetString());
    }

    [Fact]
    public async Task Two_thousand_ordinary_texts_come_back_byte_for_byte()
    {
        await using var server = await StartAsync();
        var texts = OrdinaryTexts.All;
        List<string> changed = [];

        foreach (var text in texts)
        {
            OutputTools.Payload = text;
            if (PipeServer.Text(await server.CallAsync("o_text")) != text)
            {
                changed.Add(text);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{texts.Count} ordinary texts, {changed.Count} changed");
        Assert.True(texts.Count >= 2_000, $"{texts.Count}");
        Assert.Empty(changed);
    }

    [Fact]
    public async Task The_naughty_strings_of_others_are_clean_or_made_visible()
    {
        var file = Path.Combine(Corpora.FolderOrSkip("text"), "blns.json");
        var all = JsonElement.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).EnumerateArray().Select(static e => e.GetString()!).ToArray();
        await using var server = await StartAsync();
        var (same, made) = (0, 0);
        foreach (var text in all)
        {
            OutputTools.Payload = text;
            var answer = PipeServer.Text(await server.CallAsync("o_text"));
            Assert.False(HasHostile(answer), text);
            Assert.True(HasHostile(text) == (answer != text), $"{text} -> {answer}");
            (same, made) = answer == text ? (same + 1, made) : (same, made + 1);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"blns.json: {all.Length} texts, {same} unchanged, {made} made visible, 0 hostile");
    }

    [Fact]
    public async Task An_operator_may_refuse_such_results_or_let_them_pass()
    {
        OutputTools.Payload = Hostile;
        await using var refusing = await StartAsync(static s => s["McpSecurity:Output:Characters"] = "Refuse");
        await using var keeping = await StartAsync(static s => s["McpSecurity:Output:Characters"] = "Keep");

        var refused = await refusing.CallAsync("o_text");
        OutputTools.Payload = "fine";
        var fine = await refusing.CallAsync("o_text");
        OutputTools.Payload = "\u001b[31m";

        Assert.True(refused.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Equal("The result holds characters that must not be shown and is withheld.", PipeServer.Text(refused));
        Assert.Contains("output_refused", refusing.AuditText, StringComparison.Ordinal);
        Assert.Equal("fine", PipeServer.Text(fine));
        Assert.Equal("\u001b[31m", PipeServer.Text(await keeping.CallAsync("o_text")));
    }

    [Fact]
    public async Task The_bound_is_on_what_leaves()
    {
        OutputTools.Payload = new string('\u001b', 20);
        await using var server = await StartAsync(static s => s["McpSecurity:Limits:MaxOutputCharacters"] = "100");

        Assert.Equal("The result was longer than 100 characters.", PipeServer.Text(await server.CallAsync("o_text")));
        OutputTools.Payload = new string('x', 100);
        Assert.Equal(OutputTools.Payload, PipeServer.Text(await server.CallAsync("o_text")));
    }

    [Fact]
    public async Task A_result_that_the_author_keeps_is_not_changed_in_his_hands()
    {
        await using var server = await PipeServer.StartAsync(static b => b.WithTools<KeepingTools>());

        Assert.Equal("<U+001B>", PipeServer.Text(await server.CallAsync("k_kept")));
        Assert.Equal("\u001b", ((ModelContextProtocol.Protocol.TextContentBlock)KeepingTools.Result.Content[0]).Text);
    }

    private static Task<PipeServer> StartAsync(Action<Dictionary<string, string?>>? settings = null) => PipeServer.StartAsync(
        static b => b.WithTools<OutputTools>().WithPrompts<OutputTools>().WithResources<OutputTools>(), settings);

    private static Task<JsonElement> AskAsync(PipeServer server, string route) =>
        route == "prompt" ? server.GetAsync("o_prompt") : route.Contains(':', StringComparison.Ordinal) ? server.ReadAsync(route) : server.CallAsync(route);

    /// <summary>Written apart from the product, from the categories of Unicode.</summary>
    private static bool HasHostile(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // Joiners are judged by their neighbours; the others are drawn, around the letters or digits after them.
            if (rune.Value is '\t' or '\n' or '\r' or 0x200C or 0x200D or (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD)
            {
                continue;
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || rune.Value is 0x034F or 0x3164 or 0x115F or 0x1160 or 0xFFA0 || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEscapedHostile(string line)
    {
        string[] escapes = [@"\u001b", @"\u001B", @"\u202e", @"\u202E", @"\u200b", @"\u200B", @"\u2028", @"\u009b", @"\u009B", @"\u0000", @"\u0007", @"\uFFFE", @"\uDB40"];
        return escapes.Any(escape => line.Contains(escape, StringComparison.Ordinal));
    }
}
