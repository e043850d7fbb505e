using Microsoft.IdentityModel.Tokens;

namespace Lightport.Admission.Identity;

/// <summary>The keys by which an issuer's signatures are verified, as it listed them once.</summary>
internal sealed class KeySet
{
    /// <summary>Entra lists about ten.</summary>
    private const int Most = 100;

    /// <summary>In bits; shorter ones are no longer safe (NIST SP 800-131A).</summary>
    private const int SmallestRsa = 2048;

    private readonly List<JsonWebKey> _keys = [];

    private KeySet(string text) => Text = text;

    /// <summary>As it came: a list that says the same is the same.</summary>
    public string Text { get; }

    /// <param name="json">A JWK Set, RFC 7517.</param>
    /// <exception cref="IssuerUnreadableException">It is none, or has no key that could verify a signature.</exception>
    public static KeySet Read(string json)
    {
        var set = new KeySet(json);
        try
        {
            foreach (JsonWebKey key in new JsonWebKeySet(json).Keys)
            {
                if (Verifies(key))
                {
                    set._keys.Add(key);
                }
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new IssuerUnreadableException("its list of keys is no JWK Set");
        }

        return set._keys.Count is > 0 and <= Most ? set : throw new IssuerUnreadableException(
            $"its list of keys has {set._keys.Count} that could verify a signature, where 1 to {Most} are expected");
    }

    /// <summary>The key that must have signed a token; null where there is none, or it cannot be told which.</summary>
    /// <param name="id">As the token says it; without one, the list's only key of that algorithm is meant.</param>
    public JsonWebKey? Find(string? id, string algorithm)
    {
        JsonWebKey? found = null;
        foreach (JsonWebKey key in _keys)
        {
            if ((id is null || key.Kid == id) && IsFor(key, algorithm))
            {
                if (found is not null)
                {
                    return null;
                }

                found = key;
            }
        }

        return found;
    }

    private static bool Verifies(JsonWebKey key) =>
        key.Use is null or "" or "sig"
        && ((key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize >= SmallestRsa)
            || key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve);

    private static bool IsFor(JsonWebKey key, string algorithm) =>
        (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm) && algorithm switch
        {
            "ES256" => key.Crv == JsonWebKeyECTypes.P256,
            "ES384" => key.Crv == JsonWebKeyECTypes.P384,
            "ES512" => key.Crv == JsonWebKeyECTypes.P521,
            _ => key.Kty == JsonWebAlgorithmsKeyTypes.RSA,
        };
}
