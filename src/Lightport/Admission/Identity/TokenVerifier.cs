using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lightport.Admission.Identity;

/// <summary>
/// Has Microsoft's library verify what an issuer signed. This, with <see cref="KeySet"/>, is all of the library that is
/// used, so that it is loaded with the first token and never without one.
/// </summary>
internal static class TokenVerifier
{
    private static readonly JsonWebTokenHandler Handler = new()
    {
        MaximumTokenSizeInBytes = TokenParts.Longest,
        MapInboundClaims = false,
    };

    /// <summary>What is wrong with a token; null where its issuer signed it, for this gateway.</summary>
    /// <param name="key">The one key that may have signed it, whatever its header points to.</param>
    public static async ValueTask<string?> ObjectionAsync(string token, TrustedIssuer issuer, JsonWebKey key)
    {
        var demands = new TokenValidationParameters
        {
            ValidIssuer = issuer.Name,
            ValidAudiences = issuer.Audiences,
            ValidAlgorithms = issuer.Algorithms,
            IssuerSigningKeyResolver = (_, _, _, _) => [key],

            // Looked at before, by the gateway's own clock.
            ValidateLifetime = false,
        };
        TokenValidationResult result = await Handler.ValidateTokenAsync(token, demands).ConfigureAwait(false);
        return result.IsValid ? null : result.Exception switch
        {
            SecurityTokenInvalidAudienceException => "it is for another audience",
            SecurityTokenInvalidIssuerException => "its issuer is another",
            SecurityTokenInvalidAlgorithmException => "its algorithm is not among those that are taken",
            SecurityTokenInvalidSignatureException => "its signature is not the issuer's",
            _ => $"the library refuses it ({result.Exception.GetType().Name})",
        };
    }
}
