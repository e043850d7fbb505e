using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lightport.Tests.Admission.Identity;

/// <summary>
/// An issuer's key pair, by the framework's cryptography alone: what verifies its signatures has no part in making them.
/// </summary>
internal sealed class SigningKey
{
    private readonly Func<byte[], byte[]> _sign;

    private SigningKey(string id, string algorithm, string jwk, Func<byte[], byte[]> sign) =>
        (Id, Algorithm, Jwk, _sign) = (id, algorithm, jwk, sign);

    public string Id { get; }

    public string Algorithm { get; }

    /// <summary>Its public half, as an issuer lists it.</summary>
    public string Jwk { get; }

    public static SigningKey Rsa(string id, string algorithm = "RS256", int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        RSAParameters half = rsa.ExportParameters(false);
        RSASignaturePadding padding = algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return new SigningKey(
            id,
            algorithm,
            $$"""{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{Text(half.Modulus!)}}","e":"{{Text(half.Exponent!)}}"}""",
            bytes => rsa.SignData(bytes, HashOf(algorithm), padding));
    }

    public static SigningKey Ec(string id, string algorithm = "ES256")
    {
        (ECCurve curve, string name) = algorithm switch
        {
            "ES256" => (ECCurve.NamedCurves.nistP256, "P-256"),
            "ES384" => (ECCurve.NamedCurves.nistP384, "P-384"),
            _ => (ECCurve.NamedCurves.nistP521, "P-521"),
        };
        var ec = ECDsa.Create(curve);
        ECPoint half = ec.ExportParameters(false).Q;
        return new SigningKey(
            id,
            algorithm,
            $$"""{"kty":"EC","crv":"{{name}}","kid":"{{id}}","x":"{{Text(half.X!)}}","y":"{{Text(half.Y!)}}"}""",
            bytes => ec.SignData(bytes, HashOf(algorithm)));
    }

    /// <summary>A secret that both sides know, which is what a public key is to whoever takes it for one.</summary>
    public static SigningKey Shared(string id, byte[] secret) =>
        new(id, "HS256", "{}", bytes => HMACSHA256.HashData(secret, bytes));

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public static string Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <param name="header">Null for the usual one.</param>
    public string Sign(string payload, string? header = null)
    {
        header ??= $$"""{"typ":"JWT","alg":"{{Algorithm}}","kid":"{{Id}}"}""";
        string signed = $"{Text(header)}.{Text(payload)}";
        return $"{signed}.{Text(_sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static HashAlgorithmName HashOf(string algorithm) => algorithm[2..] switch
    {
        "256" => HashAlgorithmName.SHA256,
        "384" => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };
}
