using System.Net;
using System.Net.Sockets;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen.Tests.Validation.Urls;

public sealed class AddressTableTests
{
    public static TheoryData<string> Networks => [.. SpecialPurposeAddresses.Rows.Select(static row => row.Network)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_row_names_its_source_and_ends_where_its_network_ends(string network)
    {
        var row = Assert.Single(SpecialPurposeAddresses.Rows, row => row.Network == network);
        Assert.True(row.Reach is Reach.Private or Reach.Never);
        Assert.Matches(@"^(RFC \d+|vendor)$", row.DefinedBy);
        Assert.Matches(@"^https://(www\.iana\.org/assignments/|[a-z.]+/)", row.Source);
        Assert.NotEmpty(row.Purpose);

        // The runtime's own arithmetic is the oracle.
        var oracle = IPNetwork.Parse(network);
        var bits = row.Family == AddressFamily.InterNetwork ? 32 : 128;
        var most = bits == 32 ? uint.MaxValue : UInt128.MaxValue;
        UInt128[] edges = [row.First, row.Last, .. row.First > 0 ? [row.First - 1] : Array.Empty<UInt128>(), .. row.Last < most ? [row.Last + 1] : Array.Empty<UInt128>()];
        Assert.All(edges, edge => Assert.Equal(oracle.Contains(Address(edge, bits)), row.Contains(row.Family, edge)));
        Assert.All([row.First, row.Last], edge => Assert.NotNull(SpecialPurposeAddresses.Find(Address(edge, bits))));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("192.168.0.1", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("fd12::1", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("64:ff9b::a01:203", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("169.254.170.2", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("100.96.0.96", false)]
    [InlineData("100.80.80.80", false)]
    [InlineData("192.0.0.192", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fd20:ce::254", false)]
    [InlineData("fd00:42::42", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::ffff:0:7f00:1", false)]
    [InlineData("64:ff9b:1::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:0:a00:1::", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("240.0.0.1", false)]
    public void AllowPrivate_opens_private_networks_and_this_machine_and_nothing_else(string address, bool allowed) =>
        Assert.Equal(allowed, SpecialPurposeAddresses.WhyRefused(IPAddress.Parse(address), allowPrivate: true) is null);

    [Theory]
    [InlineData("2606:4700::5efe:a00:1", false)]
    [InlineData("2606:4700::200:5efe:808:808", false)]
    [InlineData("2606:4700::5eff:a00:1", true)]
    public void Isatap_is_known_by_its_interface_identifier(string address, bool isPublic) =>
        Assert.Equal(isPublic, SpecialPurposeAddresses.WhyNotPublic(IPAddress.Parse(address)) is null);

    [Fact]
    public void The_other_tables_are_whole()
    {
        Assert.Equal(83, BadPorts.All.Count);
        Assert.All([22, 25, 110, 143, 2049, 6000, 6667, 10080], static port => Assert.Contains(port, BadPorts.All.Items));
        Assert.All([80, 443, 8080, 8443, 3000], static port => Assert.DoesNotContain(port, BadPorts.All.Items));
        Assert.All(SpecialUseNames.All, static name => Assert.NotEqual(Reach.Public, SpecialUseNames.ReachOf("www." + name)));
        Assert.Equal(Reach.Never, SpecialUseNames.ReachOf("metadata.google.internal"));
        Assert.Equal(Reach.Private, SpecialUseNames.ReachOf("a.internal"));
        Assert.Equal(Reach.Private, SpecialUseNames.ReachOf("intranet"));
        Assert.Equal(Reach.Public, SpecialUseNames.ReachOf("notlocalhost.com"));
        Assert.Equal(Reach.Public, SpecialUseNames.ReachOf("localhost.com"));
    }

    private static IPAddress Address(UInt128 number, int bits)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(bytes.AsSpan(bits == 32 ? 12 : 0));
    }
}
