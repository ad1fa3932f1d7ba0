using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Cli.Keys.Material;

/// <summary>An RSA key pair, or its public half.</summary>
internal sealed class RsaMaterial : KeyMaterial
{
    /// <summary>128 bits of security, enough beyond 2030 (NIST SP 800-57 part 1, table 2). Servers accept 2048 and more.</summary>
    private const int Bits = 3072;

    private RSA _key;
    private bool _canSign;

    private RsaMaterial(RSA key, bool canSign)
    {
        _key = key;
        _canSign = canSign;
    }

    public override bool CanSign => _canSign;

    public override string Thumbprint
    {
        get
        {
            var numbers = _key.ExportParameters(includePrivateParameters: false);
            return JwkMembers.Thumbprint(
                ("e", Base64Url.EncodeToString(numbers.Exponent)), ("kty", "RSA"), ("n", Base64Url.EncodeToString(numbers.Modulus)));
        }
    }

    public static RsaMaterial Generate() => new(RSA.Create(Bits), canSign: true);

    public static RsaMaterial? TryRead(JsonElement key)
    {
        var numbers = new RSAParameters
        {
            Modulus = JwkMembers.Bytes(key, "n"),
            Exponent = JwkMembers.Bytes(key, "e"),
            D = JwkMembers.Bytes(key, "d"),
            P = JwkMembers.Bytes(key, "p"),
            Q = JwkMembers.Bytes(key, "q"),
            DP = JwkMembers.Bytes(key, "dp"),
            DQ = JwkMembers.Bytes(key, "dq"),
            InverseQ = JwkMembers.Bytes(key, "qi"),
        };
        try
        {
            return numbers.Modulus is null || numbers.Exponent is null || (numbers.D is null && key.TryGetProperty("d", out _))
                ? null
                : new(RSA.Create(numbers), numbers.D is not null);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            Forget(numbers);
        }
    }

    public override SecurityKey ToSecurityKey() => new RsaSecurityKey(_key);

    public override void WriteVerifying(Utf8JsonWriter writer)
    {
        var numbers = _key.ExportParameters(includePrivateParameters: false);
        writer.WriteString("kty", "RSA");
        JwkMembers.Write(writer, "n", numbers.Modulus);
        JwkMembers.Write(writer, "e", numbers.Exponent);
    }

    public override void WritePrivate(Utf8JsonWriter writer)
    {
        if (!_canSign)
        {
            return;
        }

        var numbers = _key.ExportParameters(includePrivateParameters: true);
        JwkMembers.Write(writer, "d", numbers.D);
        JwkMembers.Write(writer, "p", numbers.P);
        JwkMembers.Write(writer, "q", numbers.Q);
        JwkMembers.Write(writer, "dp", numbers.DP);
        JwkMembers.Write(writer, "dq", numbers.DQ);
        JwkMembers.Write(writer, "qi", numbers.InverseQ);
        Forget(numbers);
    }

    public override void DropPrivate()
    {
        using var pair = _key;
        _key = RSA.Create(pair.ExportParameters(includePrivateParameters: false));
        _canSign = false;
    }

    public override void Dispose() => _key.Dispose();

    private static void Forget(in RSAParameters numbers)
    {
        foreach (var secret in (ReadOnlySpan<byte[]?>)[numbers.D, numbers.P, numbers.Q, numbers.DP, numbers.DQ, numbers.InverseQ])
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
