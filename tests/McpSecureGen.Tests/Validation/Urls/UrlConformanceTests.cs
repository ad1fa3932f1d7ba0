using System.Net;
using System.Text.Json;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen.Tests.Validation.Urls;

/// <summary>
/// Against the tests of the URL standard: what is accepted here has the host that a browser would connect to. More may be refused here, and is counted.
/// </summary>
public sealed class UrlConformanceTests(ITestOutputHelper output)
{
    private static readonly UrlPolicy Policy = UrlPolicy.Of(new SafeUrlAttribute { Schemes = ["http", "https", "ws", "wss"], AllowPrivate = true }, null);

    [Fact]
    public void Given_the_url_tests_of_ada_then_an_accepted_url_has_the_expected_host()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Corpora.FolderOrSkip("urls"), "ada-extra-urltestdata.json")));
        var table = new Counts();
        foreach (var row in json.RootElement.EnumerateArray().Where(static row => row.ValueKind == JsonValueKind.Object))
        {
            if (row.TryGetProperty("failure", out _) && row.TryGetProperty("base", out _))
            {
                // The base is what fails, and there is none here.
                continue;
            }

            var host = row.TryGetProperty("hostname", out var name) ? name.GetString() : null;
            table.Judge(row.GetProperty("input").GetString()!, host);
        }

        table.Require(output, "ada-extra-urltestdata.json");
    }

    [Fact]
    public void Given_the_idna_tests_of_the_url_standard_then_an_accepted_host_has_the_expected_ascii_form()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Corpora.FolderOrSkip("urls"), "wpt-toascii.json")));
        var table = new Counts();
        foreach (var row in json.RootElement.EnumerateArray().Where(static row => row.ValueKind == JsonValueKind.Object))
        {
            table.Judge($"https://{row.GetProperty("input").GetString()}/x", row.GetProperty("output").GetString());
        }

        table.Require(output, "wpt-toascii.json");
    }

    [Fact]
    public void Given_the_percent_encoding_tests_then_a_path_is_encoded_as_utf8()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Corpora.FolderOrSkip("urls"), "wpt-percent-encoding.json")));
        var (same, refused) = (0, 0);
        foreach (var row in json.RootElement.EnumerateArray().Where(static row => row.ValueKind == JsonValueKind.Object))
        {
            var url = UrlSyntax.Parse($"https://example.com/?{row.GetProperty("input").GetString()}", Policy, out _);
            if (url is null)
            {
                refused++;
                continue;
            }

            // The runtime encodes a vertical bar too, which the standard leaves; a server reads the same from both.
            Assert.Equal("https://example.com/?" + row.GetProperty("output").GetProperty("utf-8").GetString()!.Replace("|", "%7C", StringComparison.Ordinal), url.Text);
            same++;
        }

        output.WriteLine($"wpt-percent-encoding.json: {same} as expected, {refused} refused (control characters, backslashes)");
        Assert.True(same > 0);
    }

    private sealed class Counts
    {
        private readonly List<string> _wrong = [];
        private readonly List<string> _stricter = [];
        private int _same;
        private int _bothRefuse;

        public void Judge(string input, string? expectedHost)
        {
            var url = UrlSyntax.Parse(input, Policy, out var fault);
            switch (url, expectedHost)
            {
                case (null, null):
                    _bothRefuse++;
                    break;
                case (null, _):
                    _stricter.Add($"{JsonSerializer.Serialize(input)}: {fault}");
                    break;
                case ({ } accepted, { } expected) when Canonical(expected) == accepted.Host.Text:
                    _same++;
                    break;
                default:
                    _wrong.Add($"{JsonSerializer.Serialize(input)}: {url.Host.Text} instead of {expectedHost ?? "a failure"}");
                    break;
            }
        }

        public void Require(ITestOutputHelper output, string name)
        {
            output.WriteLine($"{name}: same host {_same}, refused by both {_bothRefuse}, refused here alone {_stricter.Count}, another host {_wrong.Count}");
            _stricter.ForEach(output.WriteLine);
            Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
            Assert.True(_same > 0);
        }

        /// <summary>The one difference that is meant: no trailing dot; and addresses compare as addresses.</summary>
        private static string Canonical(string host) =>
            host.StartsWith('[') && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var address) ? $"[{address}]" : host.TrimEnd('.');
    }
}
