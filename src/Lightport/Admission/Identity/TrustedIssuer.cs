namespace Lightport.Admission.Identity;

/// <summary>Who signs tokens that are taken here, and what they must say.</summary>
/// <param name="Name">As it stands in <c>iss</c>, to the letter.</param>
/// <param name="Metadata">Where it says which keys it signs with (OpenID Connect Discovery 1.0, section 4).</param>
/// <param name="Audiences">One of these must stand in <c>aud</c>: tokens for others are not for this gateway.</param>
/// <param name="Claims">What its claims mean here.</param>
internal sealed record TrustedIssuer(string Name, Uri Metadata, IReadOnlyList<string> Audiences, ClaimMap Claims)
{
    /// <summary>What a client asks the issuer for to get a token for this gateway; MCP clients are told it.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public static TimeSpan DefaultClockSkew { get; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Asymmetric ones alone. A symmetric one would let whoever knows the issuer's public key sign with it (RFC 8725,
    /// section 2.1), and <c>none</c> anybody.
    /// </summary>
    public static IReadOnlyList<string> AllAlgorithms { get; } =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public IReadOnlyList<string> Algorithms { get; init; } = AllAlgorithms;

    /// <summary>
    /// What <c>typ</c> may be, where a token has one: what a vendor signs for other ends (a logout, a proof of
    /// possession) is no leave to come in (RFC 8725, section 3.11).
    /// </summary>
    public IReadOnlyList<string> Types { get; init; } = ["JWT", "at+jwt", "application/at+jwt"];

    /// <summary>How far the issuer's clock may be from this machine's.</summary>
    public TimeSpan ClockSkew { get; init; } = DefaultClockSkew;

    /// <summary>What speaks against a token before anybody looks at its signature; null for nothing.</summary>
    public string? Objection(TokenParts token, DateTimeOffset now) => true switch
    {
        _ when !Algorithms.Contains(token.Algorithm) => "its algorithm is not among those that are taken",
        _ when token.IsCritical => "it has a header that must be understood ('crit'), and none is",
        _ when token.Type is { } type && !Types.Contains(type, StringComparer.OrdinalIgnoreCase) =>
            "its 'typ' is not among those that are taken",
        _ when token.EndsAt is null => "it has no end ('exp')",
        _ when token.EndsAt + ClockSkew <= now => "it has expired",
        _ when token.Claims.Has("nbf") && !(token.Claims.Moment("nbf") - ClockSkew <= now) =>
            "it is not valid yet ('nbf')",
        _ => null,
    };
}
