using System.Globalization;
using System.Numerics;

namespace McpSecureGen.HostileInput.Json.Support;

/// <summary>A JSON number as it was written, without rounding.</summary>
internal readonly record struct Exact : IComparable<Exact>
{
    private readonly BigInteger _digits;
    private readonly int _exponent;

    private Exact(BigInteger digits, int exponent)
    {
        while (!digits.IsZero && digits % 10 == 0)
        {
            (digits, exponent) = (digits / 10, exponent + 1);
        }

        (_digits, _exponent) = (digits, digits.IsZero ? 0 : exponent);
    }

    public bool IsWhole => _exponent >= 0;

    public static Exact Parse(string text)
    {
        var (mantissa, exponent) = (text, 0);
        if (text.IndexOfAny(['e', 'E']) is >= 0 and var at)
        {
            (mantissa, exponent) = (text[..at], int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture));
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        return point < 0
            ? new Exact(BigInteger.Parse(mantissa, CultureInfo.InvariantCulture), exponent)
            : new Exact(BigInteger.Parse(mantissa.Remove(point, 1), CultureInfo.InvariantCulture), exponent - (mantissa.Length - point - 1));
    }

    public int CompareTo(Exact other)
    {
        if (_digits.Sign != other._digits.Sign || _digits.IsZero)
        {
            return _digits.Sign.CompareTo(other._digits.Sign);
        }

        var shift = _exponent - other._exponent;
        return Math.Abs((long)shift) > 5_000
            ? shift > 0 ? _digits.Sign : -_digits.Sign
            : (shift >= 0 ? _digits * BigInteger.Pow(10, shift) : _digits).CompareTo(shift >= 0 ? other._digits : other._digits * BigInteger.Pow(10, -shift));
    }
}
