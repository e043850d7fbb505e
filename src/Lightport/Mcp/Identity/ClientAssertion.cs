using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lightport.Transport.Tokens;

namespace Lightport.Mcp.Identity;

/// <summary>
/// Says who the gateway is by a signature in place of a secret (RFC 7523, section 2.2): the key is shown to nobody.
/// </summary>
internal static class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <param name="privateKey">An EC or RSA key in PEM.</param>
    /// <param name="audience">Whom it is for: nobody else takes it.</param>
    /// <exception cref="CredentialException">It is no such key.</exception>
    public static string Make(string privateKey, string clientId, string audience, DateTimeOffset now)
    {
        using ECDsa? curve = EllipticCurve(privateKey);
        return curve is null
            ? ByRsa(privateKey, clientId, audience, now)
            : ByEllipticCurve(curve, clientId, audience, now);
    }

    /// <summary>Null where it is no such key.</summary>
    private static ECDsa? EllipticCurve(string privateKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(privateKey);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    private static string ByEllipticCurve(ECDsa key, string clientId, string audience, DateTimeOffset now)
    {
        (string name, HashAlgorithmName hash) = key.KeySize switch
        {
            <= 256 => ("ES256", HashAlgorithmName.SHA256),
            <= 384 => ("ES384", HashAlgorithmName.SHA384),
            _ => ("ES512", HashAlgorithmName.SHA512),
        };
        string said = Said(name, clientId, audience, now);
        return $"{said}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(said), hash))}";
    }

    private static string ByRsa(string privateKey, string clientId, string audience, DateTimeOffset now)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(privateKey);
            string said = Said("RS256", clientId, audience, now);
            byte[] signature = key.SignData(
                Encoding.ASCII.GetBytes(said), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{said}.{Base64Url.EncodeToString(signature)}";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new CredentialException("has a private key that is none of EC or RSA in PEM");
        }
    }

    private static string Said(string algorithm, string clientId, string audience, DateTimeOffset now)
    {
        string header = JwtPart.Of(writer =>
        {
            writer.WriteString("alg", algorithm);
            writer.WriteString("typ", "JWT");
        });
        string claims = JwtPart.Of(writer =>
        {
            writer.WriteString("iss", clientId);
            writer.WriteString("sub", clientId);
            writer.WriteString("aud", audience);
            writer.WriteString("jti", Guid.NewGuid().ToString("N"));
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
        });
        return $"{header}.{claims}";
    }
}
