using McpSecureGen.HostileInput.Support;

namespace McpSecureGen.HostileInput.Text;

/// <summary>Whatever a client names, the statement keeps its form: a real database, and its contents before and after.</summary>
public sealed class HostileIdentifierTests(ITestOutputHelper output)
{
    private static readonly string[] Effects = ["DROP TABLE secrets", "DELETE FROM orders", "UPDATE orders SET total = 0", "INSERT INTO orders VALUES (3, 0)", "CREATE TABLE pwned (x)", "ATTACH ':memory:' AS x"];

    private static IEnumerable<string> Own =>
    [
        .. from effect in Effects
           from form in (string[])["orders; {0}", "orders; {0}; --", "orders;{0}", "orders\n;{0}", "orders/**/;{0}", "orders WHERE 1=0; {0}", "\"orders\"; {0}", "[orders]; {0}", "`orders`; {0}", "orders); {0}", "orders\0; {0}", "orders；{0}", "main.orders; {0}"]
           select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, effect),
        "orders, secrets", "orders UNION SELECT value FROM secrets", "(SELECT value FROM secrets)", "orders JOIN secrets", "orders--", "orders#", "orders AS x", "pragma_table_info('secrets')", "orders WHERE 1=1", "main.", ".orders", "main..orders", "ｏrders", "orders\u200B", "ORDERS ", "\torders", "1orders", "o-rders", "'orders'",
    ];

    [Theory]
    [InlineData("count")]
    [InlineData("count_qualified")]
    public async Task The_query_lists_of_others_have_no_effect(string tool)
    {
        var lists = Payloads.Of("sql").ToArray();
        await JudgeAsync($"SQL lists through {tool} and SQLite", tool, lists);
    }

    [Theory]
    [InlineData("count")]
    [InlineData("count_qualified")]
    public async Task Own_families_have_no_effect(string tool) => await JudgeAsync($"Own families through {tool} and SQLite", tool, [("own: statements", Payloads.Spread(Own))]);

    [Fact]
    public async Task Every_own_payload_is_refused_and_its_benign_twin_answers()
    {
        await using var server = await TextServer.StartAsync();
        foreach (var payload in Own)
        {
            Assert.Null(await server.CallAsync("count", "table", payload));
            Assert.Null(await server.CallAsync("count_qualified", "table", payload));
        }

        Assert.Contains("2", await server.CallAsync("count", "table", "orders"), StringComparison.Ordinal);
        Assert.Contains("2", await server.CallAsync("count_qualified", "table", "main.orders"), StringComparison.Ordinal);
        Assert.Null(await server.CallAsync("count", "table", "main.orders"));
    }

    [Fact]
    public async Task A_tool_without_the_attribute_shows_that_the_database_can_be_changed()
    {
        await using var server = await TextServer.StartAsync();
        var before = server.Sinks.Contents();
        await server.CallAsync("count_unchecked", "table", "orders; DELETE FROM secrets; --");
        Assert.NotEqual(before, server.Sinks.Contents());
    }

    [Fact]
    public async Task Ordinary_identifiers_are_never_refused()
    {
        await using var server = await TextServer.StartAsync();
        string[] names = [.. OrdinaryIdentifiers.All];
        Assert.True(names.Length >= 2000, $"{names.Length}");
        foreach (var chunk in names.Chunk(500))
        {
            Assert.True(await server.CallAsync("names", "names", chunk) is not null, string.Join('\n', chunk.Take(20)));
        }

        Assert.Equal(names.Length, server.Sinks.Records);
        output.WriteLine($"Ordinary identifiers: {names.Length}, refused 0.");
        output.WriteLine("Refused by intent:");
        foreach (var (value, reason) in OrdinaryIdentifiers.Refused)
        {
            Assert.Null(await server.CallAsync("names", "names", (string[])[value]));
            output.WriteLine($"  {value,-20} {reason}");
        }
    }

    private async Task JudgeAsync(string title, string tool, IReadOnlyList<(string List, IReadOnlyList<string> Payloads)> lists)
    {
        await using var server = await TextServer.StartAsync();
        var verdicts = new Verdicts(title);
        var contents = server.Sinks.Contents();
        foreach (var (list, payloads) in lists)
        {
            foreach (var payload in payloads)
            {
                // "error": a name of no table, which reached the database as nothing but a name.
                var answer = await server.CallAsync(tool, "table", payload);
                verdicts.Add(list, payload, server.Sinks.Contents() != contents || (answer is not (null or "error") && payload is not ("orders" or "secrets")) ? Verdict.Escaped
                    : answer is null ? Verdict.Refused : Verdict.Harmless);
            }
        }

        verdicts.PrintAndRequireNoEscape(output);
    }
}

/// <summary>Names of tables, columns and variables, as they are made from words.</summary>
internal static class OrdinaryIdentifiers
{
    private static readonly string[] Words = ["order", "user", "id", "name", "total", "created", "at", "item", "price", "customer", "invoice", "line", "status", "type", "select", "from", "date", "x", "tmp", "v2"];

    public static IEnumerable<string> All => Single.Concat(from schema in (string[])["dbo", "public", "sales_2024", "_internal"] from name in Single.Take(300) select $"{schema}.{name}")
        .Concat(["db.dbo.orders", "__init__", "_", "A", "a1", "SYS.USERS"]).Distinct(StringComparer.Ordinal);

    public static IEnumerable<(string Value, string Reason)> Refused =>
    [
        ("my-table", "a dash needs quoting in SQL, and is minus without it"),
        ("v$session", "a dollar sign begins a variable in shells and in some dialects"),
        ("größe", "letters beyond ASCII look alike and fold differently: map names that hold them in code"),
        ("2fa_codes", "a name that begins with a digit is a number first"),
        ("order items", "a space ends a name that is not quoted"),
        ("\"Order\"", "quoting is the tool's to do, after the check"),
    ];

    private static IEnumerable<string> Single =>
    [
        .. from first in Words from second in Words from form in (string[])["{0}_{1}", "{0}{1}", "_{0}_{1}", "{0}_{1}_3"] select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, first, second),
        .. from first in Words from second in Words select char.ToUpperInvariant(first[0]) + first[1..] + char.ToUpperInvariant(second[0]) + second[1..],
    ];
}
