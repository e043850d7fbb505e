using System.Text;
using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Conversation;

namespace Lightport.Management;

/// <summary>
/// Who a token's claims would make of somebody, for explanations: no signature is asked for, and nobody comes in by it.
/// </summary>
internal static class ClaimedIdentity
{
    /// <summary>
    /// The claims, as a JSON object. In a header, for they may be somebody's name, and addresses are kept in logs.
    /// </summary>
    internal const string Header = "x-lightport-claims";

    /// <summary>As of a token, in UTF-8: what is longer could be no token's.</summary>
    private const int MostBytes = 16 * 1024;

    private const string Issuer = "iss";

    /// <param name="settings">Whose tokens are taken; null for nobody's.</param>
    /// <param name="text">JSON text. It may leave out <c>iss</c> where there is one issuer.</param>
    /// <exception cref="GatewayException">A 400: they are no claims, or nobody who may ask models has them.</exception>
    public static Caller Read(IdentitySettings? settings, string text)
    {
        if (settings is null || settings.Issuers.Count == 0)
        {
            throw Refused("is for the tokens of issuers, and the configuration has none under 'identity'.");
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        TokenClaims claims = (bytes <= MostBytes ? TokenClaims.Read(Encoding.UTF8.GetBytes(text)) : null)
            ?? throw Refused("must be a JSON object of at most 16 KiB that says each thing once, as a token has it.");
        (VerifiedIdentity? identity, string? objection) = ClaimReader.Read(IssuerOf(settings, claims), claims);
        if (identity is null)
        {
            throw Refused($"would be refused as a token: {objection}.");
        }

        return identity.Caller ?? throw Refused(
            "are those of somebody in none of the groups that may ask models, who is refused; see 'groups' and "
            + "'default' of the issuer under 'identity'.");
    }

    private static TrustedIssuer IssuerOf(IdentitySettings settings, TokenClaims claims)
    {
        if (!claims.Has(Issuer))
        {
            return settings.Issuers is [var only] ? only
                : throw Refused("must have 'iss', for there are several issuers.");
        }

        return settings.Find(claims.Text(Issuer) ?? "")
            ?? throw Refused("has an 'iss' that is none of the issuers under 'identity', to the letter.");
    }

    private static GatewayException Refused(string what) =>
        GatewayException.BadRequest($"'{Header}' {what}", code: "invalid_claims");
}
