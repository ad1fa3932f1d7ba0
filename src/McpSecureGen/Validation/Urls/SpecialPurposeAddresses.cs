using System.Net;
using System.Net.Sockets;

namespace McpSecureGen.Validation.Urls;

/// <summary>
/// Tells addresses of the public internet from all others, by <c>Tables/special-purpose-addresses.tsv</c>, whose rows name the registry or vendor they come from.
/// </summary>
/// <remarks>
/// An IPv6 address that carries an IPv4 address is judged by what it carries where that is in use today (mapped, NAT64), and refused where it is not
/// (compatible, translated, 6to4, Teredo, ISATAP): nobody serves there, and it is how filters are walked around (CVE-2026-49857, CVE-2026-41361).
/// </remarks>
internal static class SpecialPurposeAddresses
{
    private static readonly UInt128 GlobalUnicast = UInt128.One << 125;
    private static readonly UInt128 Nat64 = new(0x0064_FF9B_0000_0000, 0);
    private static readonly AddressRow Unassigned = new(
        AddressFamily.InterNetworkV6, 0, UInt128.MaxValue, "::/0", Reach.Never, "not assigned for public use", "RFC 4291",
        "https://www.iana.org/assignments/ipv6-address-space/");

    private static readonly AddressRow Isatap = new(
        AddressFamily.InterNetworkV6, 0, UInt128.MaxValue, "::/0", Reach.Never, "ISATAP", "RFC 5214", "https://www.rfc-editor.org/rfc/rfc5214");

    /// <summary>All rows.</summary>
    internal static IReadOnlyList<AddressRow> Rows { get; } = [.. Table.Read("special-purpose-addresses.tsv", 5).Select(AddressRow.Parse)];

    /// <summary>What the address is for, when not for the public internet; otherwise null.</summary>
    public static string? WhyNotPublic(IPAddress address) => Find(address) is { } row ? $"{row.Purpose}, {row.DefinedBy}" : null;

    /// <summary>Why a connection to the address is refused, or null.</summary>
    internal static string? WhyRefused(IPAddress address, bool allowPrivate) =>
        Find(address) is { } row && !(allowPrivate && row.Reach == Reach.Private) ? $"{row.Purpose}, {row.DefinedBy}" : null;

    /// <summary>The narrowest row that holds the address, or null for a public one.</summary>
    internal static AddressRow? Find(IPAddress address)
    {
        var judged = Carried(address);
        var (family, number) = (judged.AddressFamily, AddressRow.NumberOf(judged));
        AddressRow? found = null;
        foreach (var row in Rows)
        {
            if (row.Contains(family, number) && (found is null || row.Last - row.First < found.Last - found.First))
            {
                found = row;
            }
        }

        return found ?? family switch
        {
            AddressFamily.InterNetwork => null,
            AddressFamily.InterNetworkV6 when number >> 125 == GlobalUnicast >> 125 => IsIsatap(number) ? Isatap : null,
            _ => Unassigned,
        };
    }

    /// <summary>The address that is meant: an IPv4 address in IPv6 clothes where those are in use.</summary>
    internal static IPAddress Carried(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && AddressRow.NumberOf(address) >> 32 == Nat64 >> 32
            ? new IPAddress(address.GetAddressBytes().AsSpan(12))
            : address;
    }

    // The interface identifier 0000:5EFE or 0200:5EFE before an IPv4 address; the network is anybody's.
    private static bool IsIsatap(UInt128 number) => ((uint)(ulong)(number >> 32) & 0xFDFF_FFFF) == 0x5EFE;
}
