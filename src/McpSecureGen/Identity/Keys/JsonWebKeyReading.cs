using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>What one JSON Web Key turned out to be: a key, a problem, or neither (a key for something else, to be ignored: RFC 7517, section 5).</summary>
internal readonly record struct JsonWebKeyReading(VerificationKey? Key, string? Problem)
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth"];

    private static JsonWebKeyReading Ignored => default;

    public static JsonWebKeyReading Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return Wrong("it is not a JSON object.");
        }

        // Before anything may be ignored: whoever can read this file could mint tokens.
        if (PrivateMembers.Any(member => entry.TryGetProperty(member, out _)))
        {
            return Wrong("it is a private key. Keep it with the issuer, replace it if it has been copied, and give the public part here.");
        }

        if (TryRead(entry) is not { } key)
        {
            return Wrong("a member has the wrong type.");
        }

        if (!VerifiesSignatures(key, entry) || key.Kty is not ("EC" or "RSA" or "oct"))
        {
            return Ignored;
        }

        if (string.IsNullOrWhiteSpace(key.Kid))
        {
            return Wrong("it has no kid. Give every key its own kid; tokens choose their key by it.");
        }

        try
        {
            return key.Kty switch
            {
                "EC" => EllipticCurve(key),
                "RSA" => Rsa(key),
                _ => Secret(key),
            };
        }
        catch (CryptographicException)
        {
            return Wrong("its numbers are not a valid key (for EC: a point that is not on the curve).");
        }
    }

    /// <summary>
    /// The public key that a DPoP proof brings along, and its RFC 7638 thumbprint; null for anything else (RFC 9449, section 4.3: never private, never
    /// symmetric). Nothing is trusted for it: it counts only where a token names the same thumbprint.
    /// </summary>
    public static (VerificationKey Key, string Thumbprint)? ReadProofKey(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || entry.TryGetProperty("k", out _)
            || PrivateMembers.Any(member => entry.TryGetProperty(member, out _))
            || TryRead(entry) is not { Kty: "EC" or "RSA" } key
            || (entry.TryGetProperty("use", out _) && key.Use != "sig"))
        {
            return null;
        }

        try
        {
            key.Kid = "proof";
            return (key.Kty == "EC" ? EllipticCurve(key) : Rsa(key)).Key is { } usable
                ? (usable, Base64Url.EncodeToString(key.ComputeJwkThumbprint()))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static JsonWebKey? TryRead(JsonElement entry)
    {
        try
        {
            return new(entry.GetRawText());
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            return null;
        }
    }

    private static bool VerifiesSignatures(JsonWebKey key, JsonElement entry) =>
        (!entry.TryGetProperty("use", out _) || key.Use == "sig")
        && (!entry.TryGetProperty("key_ops", out _) || key.KeyOps.Contains("verify"));

    private static JsonWebKeyReading EllipticCurve(JsonWebKey key)
    {
        if (key.Crv != "P-256")
        {
            return key.Alg == "ES256" ? Wrong("its alg is ES256 and its curve is not P-256.") : Ignored;
        }

        var (x, y) = (CompactToken.TryDecode(key.X), CompactToken.TryDecode(key.Y));
        if (x is not { Length: 32 } || y is not { Length: 32 })
        {
            return Wrong("its x and y must be 32 bytes each, in base64url.");
        }

        // The import checks that the point is on the curve. Never disposed: verifications in flight may outlive a rotation.
        var curve = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } });
        return Right(key, new ECDsaSecurityKey(curve), SecurityAlgorithms.EcdsaSha256);
    }

    private static JsonWebKeyReading Rsa(JsonWebKey key)
    {
        if (CompactToken.TryDecode(key.N) is not { } n || CompactToken.TryDecode(key.E) is not { } e)
        {
            return Wrong("its n and e must be in base64url.");
        }

        if (RsaKeyStrength.Problem(n, e) is { } weakness)
        {
            return Wrong(weakness);
        }

        var rsa = RSA.Create(new RSAParameters { Modulus = n, Exponent = e });
        return Right(key, new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256);
    }

    private static JsonWebKeyReading Secret(JsonWebKey key)
    {
        // Short or typed, a secret is found by trying (RFC 7518, section 3.2); whoever finds it mints tokens.
        var secret = CompactToken.TryDecode(key.K) ?? [];
        return SecretStrength.Problem(secret, key.K) is { } problem
            ? Wrong(
                $"it is a weak secret: {problem}. Use at least {SecretStrength.MinimumBytes} random bytes in base64url, for example those of: mcpsec " +
                "keys new --algorithm HS256")
            : Right(key, new SymmetricSecurityKey(secret), SecurityAlgorithms.HmacSha256);
    }

    /// <summary>The key's own <c>alg</c> narrows what it verifies. A key for another algorithm than ours is ignored.</summary>
    private static JsonWebKeyReading Right(JsonWebKey source, SecurityKey key, params string[] algorithms)
    {
        string[] accepted = source.Alg is null ? algorithms : [.. algorithms.Where(algorithm => algorithm == source.Alg)];
        if (accepted.Length == 0)
        {
            return Ignored;
        }

        key.KeyId = source.Kid;
        return new(new(source.Kid, key, accepted), null);
    }

    private static JsonWebKeyReading Wrong(string problem) => new(null, problem);
}
