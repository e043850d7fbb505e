using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lightport.Transport.Tokens.Google;

/// <summary>A service account's key: a statement signed with it is good for a token.</summary>
/// <seealso href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest"/>
internal sealed record GoogleServiceAccount(Uri TokenAddress, string Email, string PrivateKey, string? KeyId)
    : IGoogleGrant
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>The longest that Google takes.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public IReadOnlyList<KeyValuePair<string, string>> Form(string scope, DateTimeOffset now) =>
        [new("grant_type", GrantType), new("assertion", Assertion(scope, now))];

    /// <summary>A record would print the key.</summary>
    public override string ToString() => nameof(GoogleServiceAccount);

    private string Assertion(string scope, DateTimeOffset now)
    {
        string header = JwtPart.Of(writer =>
        {
            writer.WriteString("alg", "RS256");
            writer.WriteString("typ", "JWT");
            if (KeyId is not null)
            {
                writer.WriteString("kid", KeyId);
            }
        });
        string claims = JwtPart.Of(writer =>
        {
            writer.WriteString("iss", Email);
            writer.WriteString("scope", scope);
            writer.WriteString("aud", TokenAddress.OriginalString);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
        });
        string signed = $"{header}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(signed))}";
    }

    private byte[] Signature(string text)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(PrivateKey);
            return key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new CredentialException("has a 'private_key' that is no RSA key in PEM form");
        }
    }
}
