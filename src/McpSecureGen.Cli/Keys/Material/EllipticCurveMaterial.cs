using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Cli.Keys.Material;

/// <summary>A P-256 key pair, or its public half.</summary>
internal sealed class EllipticCurveMaterial : KeyMaterial
{
    private const int FieldBytes = 32;

    private ECDsa _key;
    private bool _canSign;

    private EllipticCurveMaterial(ECDsa key, bool canSign)
    {
        _key = key;
        _canSign = canSign;
    }

    public override bool CanSign => _canSign;

    public override string Thumbprint
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return JwkMembers.Thumbprint(
                ("crv", "P-256"), ("kty", "EC"), ("x", Base64Url.EncodeToString(point.X)), ("y", Base64Url.EncodeToString(point.Y)));
        }
    }

    public static EllipticCurveMaterial Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), canSign: true);

    public static EllipticCurveMaterial? TryRead(JsonElement key)
    {
        var secret = JwkMembers.Bytes(key, "d");
        try
        {
            if (!key.TryGetProperty("crv", out var curve) || !curve.ValueEquals("P-256")
                || JwkMembers.Bytes(key, "x") is not { Length: FieldBytes } x
                || JwkMembers.Bytes(key, "y") is not { Length: FieldBytes } y
                || (secret is null ? key.TryGetProperty("d", out _) : secret.Length != FieldBytes))
            {
                return null;
            }

            // The import checks the point, and that the private number belongs to it.
            return new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y }, D = secret }), secret is not null);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public override SecurityKey ToSecurityKey() => new ECDsaSecurityKey(_key);

    public override void WriteVerifying(Utf8JsonWriter writer)
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        writer.WriteString("kty", "EC");
        writer.WriteString("crv", "P-256");
        JwkMembers.Write(writer, "x", point.X);
        JwkMembers.Write(writer, "y", point.Y);
    }

    public override void WritePrivate(Utf8JsonWriter writer)
    {
        if (!_canSign)
        {
            return;
        }

        var secret = _key.ExportParameters(includePrivateParameters: true).D!;
        JwkMembers.Write(writer, "d", secret);
        CryptographicOperations.ZeroMemory(secret);
    }

    public override void DropPrivate()
    {
        using var pair = _key;
        _key = ECDsa.Create(pair.ExportParameters(includePrivateParameters: false));
        _canSign = false;
    }

    public override void Dispose() => _key.Dispose();
}
