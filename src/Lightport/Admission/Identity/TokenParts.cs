using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Lightport.Admission.Identity;

/// <summary>A signed token (JWS, RFC 7515), taken apart and not yet believed.</summary>
internal sealed class TokenParts
{
    /// <summary>In characters. Entra's longest, with 200 groups, have about 9,000.</summary>
    public const int Longest = 16 * 1024;

    private readonly TokenClaims _header;

    private TokenParts(TokenClaims header, TokenClaims claims) => (_header, Claims) = (header, claims);

    public TokenClaims Claims { get; }

    public string? Issuer => Claims.Text("iss");

    public DateTimeOffset? EndsAt => Claims.Moment("exp");

    public string Algorithm => _header.Text("alg") ?? "";

    /// <summary>The name of the key that signed it, as the issuer lists it.</summary>
    public string? KeyId => _header.Text("kid");

    public string? Type => _header.Text("typ");

    /// <summary>There is something that whoever reads it must understand (RFC 7515, section 4.1.11).</summary>
    public bool IsCritical => _header.Has("crit");

    /// <summary>Whether a key that was shown is meant to be such a token: two dots, and a brace before them.</summary>
    public static bool IsShapedAsOne(ReadOnlySpan<char> key) =>
        key.StartsWith("ey", StringComparison.Ordinal) && key.Count('.') == 2;

    /// <param name="token">Visible ASCII.</param>
    public static bool TryRead(string token, [NotNullWhen(true)] out TokenParts? parts)
    {
        parts = null;
        string[] texts = token.Length <= Longest ? token.Split('.') : [];
        if (texts is [var header, var payload, _]
            && Read(header) is { } head
            && Read(payload) is { } claims)
        {
            parts = new TokenParts(head, claims);
        }

        return parts is not null;
    }

    private static TokenClaims? Read(string part)
    {
        try
        {
            return TokenClaims.Read(Base64Url.DecodeFromChars(part));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
