using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace McpSecureGen.Validation.Urls;

/// <summary>One row of the address table: a range of addresses, what it is for, and where that is written down.</summary>
internal sealed record AddressRow(AddressFamily Family, UInt128 First, UInt128 Last, string Network, Reach Reach, string Purpose, string DefinedBy, string Source)
{
    internal static AddressRow Parse(string[] cells)
    {
        var slash = cells[0].IndexOf('/', StringComparison.Ordinal);
        var address = IPAddress.Parse(cells[0].AsSpan(0, slash));
        var prefix = int.Parse(cells[0].AsSpan(slash + 1), CultureInfo.InvariantCulture);
        var free = (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) - prefix;
        var first = NumberOf(address);
        var last = first | (free == 128 ? UInt128.MaxValue : (UInt128.One << free) - 1);
        return new(address.AddressFamily, first, last, cells[0], Enum.Parse<Reach>(cells[1], ignoreCase: true), cells[2], cells[3], cells[4]);
    }

    internal bool Contains(AddressFamily family, UInt128 number) => family == Family && number >= First && number <= Last;

    internal static UInt128 NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
