using System.Net;
using System.Reflection;
using McpSecureGen.HostileInput.Support;
using McpSecureGen.Validation.Urls;
using Microsoft.Security.AntiSSRF;

namespace McpSecureGen.HostileInput.Urls;

/// <summary>
/// Side by side with Microsoft.Security.AntiSSRF, policy <c>ExternalOnlyLatest</c>. Its decision about addresses is asked for directly, because its handler would connect
/// for real to what it allows; a URL is read for it as <see cref="HttpClient"/> reads it.
/// </summary>
public sealed class AntiSsrfComparisonTests(ITestOutputHelper output)
{
    private static readonly AntiSSRFPolicy Theirs = new(PolicyConfigOptions.ExternalOnlyLatest) { AllowPlainTextHttp = true };

    private static readonly MethodInfo IsAllowed =
        typeof(AntiSSRFPolicy).GetMethod("IsNetworkConnectionAllowed", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(IPAddress[])])!;

    private static readonly UrlPolicy Ours = UrlPolicy.Of(new SafeUrlAttribute { Schemes = ["http", "https"] }, null);

    [Fact]
    public void Given_the_edges_of_every_row_then_nothing_is_refused_by_them_alone()
    {
        var table = new Side();
        foreach (var row in SpecialPurposeAddresses.Rows)
        {
            var bits = row.Family == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128;
            foreach (var number in new[] { row.First, row.First + (row.Last - row.First) / 2, row.Last })
            {
                Judge(table, Address(number, bits));
            }
        }

        // Inner IPv4 addresses in the IPv6 forms that carry them, and public ones in the same forms.
        foreach (var inner in new[] { "127.0.0.1", "10.0.0.1", "169.254.169.254", "8.8.8.8" })
        {
            foreach (var form in new[] { "::ffff:{0}", "::{0}", "::ffff:0:{0}", "64:ff9b::{0}", "2606:4700::5efe:{0}" })
            {
                Judge(table, IPAddress.Parse(form.Replace("{0}", inner, StringComparison.Ordinal)));
            }
        }

        table.Print(output, "addresses");

        // DNS64 gives every host without IPv6 such an address: refusing it would refuse the internet of an IPv6-only network. We judge what it carries.
        Assert.All(table.TheirsAlone, static address => Assert.StartsWith("64:ff9b::808", address, StringComparison.Ordinal));
        Assert.True(table.OursAlone.Count > 0);
    }

    [Fact]
    public void Given_the_url_lists_then_nothing_is_refused_by_them_alone()
    {
        var urls = HostileHosts.Urls().ToList();
        urls.AddRange(Payloads.Of("urls").SelectMany(static list => list.Payloads));
        var table = new Side();
        foreach (var url in urls.Distinct(StringComparer.Ordinal))
        {
            table.Judge(url, UrlSyntax.Parse(url, Ours, out _) is { } ok && AddressOf(ok.Uri) is { } address && SpecialPurposeAddresses.WhyNotPublic(address) is null, TheirsAllow(url));
        }

        table.Print(output, "URLs");
        Assert.Empty(table.TheirsAlone);
        Assert.True(table.OursAlone.Count > 0);
    }

    private static void Judge(Side table, IPAddress address) =>
        table.Judge(address.ToString(), SpecialPurposeAddresses.WhyNotPublic(address) is null, Allow(address));

    private static bool Allow(IPAddress address) => (bool)IsAllowed.Invoke(Theirs, [new[] { address }])!;

    private static bool TheirsAllow(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && AddressOf(uri) is { } address && Allow(address);

    private static IPAddress? AddressOf(Uri uri)
    {
        try
        {
            return IPAddress.TryParse(uri.IdnHost, out var literal) ? literal : UrlServer.AddressOf(uri.IdnHost);
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static IPAddress Address(UInt128 number, int bits)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(bytes.AsSpan(bits == 32 ? 12 : 0));
    }

    private sealed class Side
    {
        private int _both;
        private int _neither;

        public List<string> OursAlone { get; } = [];

        public List<string> TheirsAlone { get; } = [];

        public void Judge(string value, bool ours, bool theirs)
        {
            switch (ours, theirs)
            {
                case (false, false):
                    _both++;
                    break;
                case (true, true):
                    _neither++;
                    break;
                case (false, true):
                    OursAlone.Add(value);
                    break;
                default:
                    TheirsAlone.Add(value);
                    break;
            }
        }

        public void Print(ITestOutputHelper output, string what)
        {
            output.WriteLine($"{what}: refused by both {_both}, by McpSecureGen alone {OursAlone.Count}, by AntiSSRF 1.0.1 alone {TheirsAlone.Count}, by neither {_neither}");
            output.WriteLine("McpSecureGen alone: " + string.Join("  ", OursAlone.Take(40)));
            output.WriteLine("AntiSSRF alone: " + string.Join("  ", TheirsAlone.Take(40)));
        }
    }
}
