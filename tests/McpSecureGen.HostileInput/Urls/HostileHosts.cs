using System.Globalization;
using System.Net;

namespace McpSecureGen.HostileInput.Urls;

/// <summary>Addresses that must not be reached in every spelling we know of, inside every shape of URL that makes parsers disagree. By rule, not by list.</summary>
internal static class HostileHosts
{
    private static readonly string[] Targets = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0", "172.16.0.1", "100.100.100.200", "168.63.129.16"];

    private static readonly string[] Names =
        ["localhost", "LOCALHOST", "localhost.", "ⓛocalhost", "ｌｏｃａｌｈｏｓｔ", "a.localhost", "metadata.google.internal", "metadata", "kubernetes", "printer.local", "127.0.0.1.nip.io", "localtest.me"];

    private static readonly string[] Literals6 =
    [
        "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::1]", "[fe80::1]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[fc00::1]", "[fd00:ec2::254]", "[fd20:ce::254]", "[fec0::1]", "[ff02::1]",
        "[64:ff9b:1::a00:1]", "[100::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[v1.fe80]", "[::1", "::1", "[4000::1]",
    ];

    private static readonly string[] Shapes =
    [
        "http://{0}/", "https://{0}/", "http://{0}", "http://{0}:8080/", "http://{0}:80", "http://{0}/example.com", "http://{0}?example.com", "http://{0}#example.com", "http://{0}#@example.com/",
        "http://example.com@{0}/", "http://example.com:80@{0}:22/", "http://example.com%40{0}/", "http://{0}\\@example.com/", "http://example.com\\@{0}/", "http://{0}%00.example.com/",
        "http://{0}%23.example.com/", "http://{0}%2f.example.com/", "http://{0}\t.example.com/", "http://example.com\r\nHost: {0}/", "http:{0}/", "http:/{0}/", "http:///{0}/", "//{0}/", "\\\\{0}\\",
        "http:\\\\{0}\\", " http://{0}/", "http://{0}/ ", "HTTP://{0}/", "gopher://{0}:6379/_INFO", "file://{0}/etc/passwd", "dict://{0}:11211/stats", "http://[{0}]/", "http://{0}:0/", "http://{0}&@example.com#@example.org/",
    ];

    internal static IEnumerable<string> Urls() =>
        from host in Targets.SelectMany(Spellings).Concat(Names).Concat(Literals6).Distinct(StringComparer.Ordinal)
        from shape in Shapes
        select string.Format(CultureInfo.InvariantCulture, shape, host);

    /// <summary>One IPv4 address in every form that some parser takes for it.</summary>
    internal static IEnumerable<string> Spellings(string address)
    {
        var b = IPAddress.Parse(address).GetAddressBytes();
        var number = (uint)((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]);
        var (high, low) = ((b[0] << 8) | b[1], (b[2] << 8) | b[3]);
        string[] plain =
        [
            address, address + ".", $"{number}", $"0x{number:x}", $"0X{number:X8}", $"0{Convert.ToString(number, 8)}", $"{b[0]}.{(b[1] << 16) | low}", $"{b[0]}.{b[1]}.{low}",
            string.Join('.', b.Select(static o => $"0x{o:x}")), string.Join('.', b.Select(static o => "0" + Convert.ToString(o, 8))), string.Join('.', b.Select(static o => $"{o:d3}")),
            $"0x{b[0]:x}.{b[1]}.0{Convert.ToString(b[2], 8)}.{b[3]}", $"{(ulong)number + 0x1_0000_0000UL}", string.Join('.', b.Select(static o => $"{o + 256}")),
            address.Replace(".", "。", StringComparison.Ordinal), address.Replace(".", "．", StringComparison.Ordinal), address.Replace(".", "%2e", StringComparison.Ordinal),
            string.Concat(address.Select(static c => c == '.' ? "." : c == '0' ? "⓪" : ((char)('①' + c - '1')).ToString())),
            string.Concat(address.Select(static c => c == '.' ? "." : ((char)('０' + c - '0')).ToString())),
            string.Concat(address.Select(static c => c == '.' ? "." : ((char)('٠' + c - '0')).ToString())),
            string.Concat(address.Select(static c => $"%{(int)c:x2}")),
        ];
        string[] six =
        [
            $"::ffff:{address}", $"::ffff:{high:x}:{low:x}", $"0:0:0:0:0:ffff:{high:x}:{low:x}", $"::{address}", $"::ffff:0:{address}", $"64:ff9b::{address}", $"64:ff9b::{high:x}:{low:x}",
            $"2002:{high:x}:{low:x}::1", $"2001:0:{high:x}:{low:x}::1", $"2606:4700::5efe:{address}", $"fe80::5efe:{high:x}:{low:x}",
        ];
        return [.. plain, .. six.Select(static literal => $"[{literal}]")];
    }
}
