using System.Net;
using System.Net.Sockets;

namespace McpSecureGen.Identity;

/// <summary>Tells addresses of the public internet from all others, by the registries of IANA (IPv4 and IPv6 special-purpose address space).</summary>
/// <remarks>
/// An IPv6 address that carries an IPv4 address is judged by what it carries where that is in use today (mapped, NAT64), and refused where it is not
/// (compatible, 6to4, Teredo): nobody serves there, and it is how filters are walked around.
/// </remarks>
internal static class SpecialPurposeAddresses
{
    /// <summary>Everything that is assigned for public use lies in here; what is not is refused without a row of its own.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private static readonly (IPNetwork Network, string Purpose)[] Table =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network, RFC 1122"),
        (IPNetwork.Parse("10.0.0.0/8"), "private use, RFC 1918"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by a provider's customers, RFC 6598"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback, RFC 1122"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local, cloud metadata, RFC 3927"),
        (IPNetwork.Parse("172.16.0.0/12"), "private use, RFC 1918"),
        (IPNetwork.Parse("192.0.0.0/24"), "protocol assignments, RFC 6890"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relays, RFC 7526"),
        (IPNetwork.Parse("192.168.0.0/16"), "private use, RFC 1918"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarks, RFC 2544"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast, RFC 5771"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved and broadcast, RFC 1112, RFC 919"),
        (IPNetwork.Parse("::/128"), "unspecified, RFC 4291"),
        (IPNetwork.Parse("::1/128"), "loopback, RFC 4291"),
        (IPNetwork.Parse("::/96"), "IPv4-compatible, RFC 4291"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "local translation, RFC 8215"),
        (IPNetwork.Parse("100::/64"), "discard, RFC 6666"),
        (IPNetwork.Parse("2001::/32"), "Teredo, RFC 4380"),
        (IPNetwork.Parse("2001::/23"), "protocol assignments, benchmarks, ORCHID, RFC 2928"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation, RFC 3849"),
        (IPNetwork.Parse("2002::/16"), "6to4, RFC 3056"),
        (IPNetwork.Parse("3fff::/20"), "documentation, RFC 9637"),
        (IPNetwork.Parse("5f00::/16"), "segment routing, RFC 9602"),
        (IPNetwork.Parse("fc00::/7"), "unique local, RFC 4193"),
        (IPNetwork.Parse("fe80::/10"), "link-local, RFC 4291"),
        (IPNetwork.Parse("fec0::/10"), "site-local, RFC 3879"),
        (IPNetwork.Parse("ff00::/8"), "multicast, RFC 4291"),
    ];

    /// <summary>What the address is for, when not for the public internet; otherwise null.</summary>
    public static string? WhyNotPublic(IPAddress address)
    {
        var judged = Carried(address);
        foreach (var (network, purpose) in Table)
        {
            if (network.Contains(judged))
            {
                return purpose;
            }
        }

        return judged.AddressFamily switch
        {
            AddressFamily.InterNetwork => null,
            AddressFamily.InterNetworkV6 when GlobalUnicast.Contains(judged) => null,
            _ => "not assigned for public use, RFC 4291",
        };
    }

    private static IPAddress Carried(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12)) : address;
    }
}
