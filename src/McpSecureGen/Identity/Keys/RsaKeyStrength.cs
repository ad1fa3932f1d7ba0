using System.Numerics;

namespace McpSecureGen.Identity;

/// <summary>Refuses RSA keys that are too small or known to be broken.</summary>
internal static class RsaKeyStrength
{
    private const int MinimumBits = 2048;

    /// <summary>No real key is larger, and verification time grows with the square of the size.</summary>
    private const int MaximumBits = 16_384;

    /// <summary>The small primes of the published ROCA fingerprint (CVE-2017-15361): keys of that library are powers of 65537 modulo each.</summary>
    private static readonly int[] FingerprintPrimes =
        [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

    /// <summary>What is wrong with the key, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        var e = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
        if (n.GetBitLength() is < MinimumBits or > MaximumBits)
        {
            return $"its modulus must have {MinimumBits} to {MaximumBits} bits.";
        }

        // With e = 1 a signature is its own message; small and even exponents invite forgeries (NIST SP 800-56B).
        if (e < 65_537 || e.IsEven || e.GetBitLength() > 32)
        {
            return "its exponent must be 65537, or another odd number above it of at most 32 bits.";
        }

        return n.IsEven || Array.TrueForAll(FingerprintPrimes, prime => IsPowerOf65537((int)(n % prime), prime))
            ? "it was made by a library with a known weakness (ROCA, CVE-2017-15361). Replace it."
            : null;
    }

    private static bool IsPowerOf65537(int remainder, int prime)
    {
        var power = 1;
        do
        {
            if (power == remainder)
            {
                return true;
            }

            power = (int)((long)power * 65_537 % prime);
        }
        while (power != 1);

        return false;
    }
}
