using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Lightport.Admission.Identity;

/// <summary>Tells whose a token is. Why it is nobody's stands in the log, without the token.</summary>
/// <param name="outage">How long an issuer's last good keys go on serving while it is away.</param>
internal sealed class IdentityKeeper(
    KeySetSource source, TimeProvider clock, TimeSpan outage, ILogger<IdentityKeeper> logger)
{
    private readonly VerifiedTokens _verified = new();

    /// <summary>Outlives configurations, which alone add to it.</summary>
    private readonly ConcurrentDictionary<(string Name, Uri Metadata), IssuerKeys> _keys = new();

    /// <summary>At once, and without allocating, where the token was seen before.</summary>
    /// <param name="token">Shaped as one.</param>
    /// <param name="hash">The token's.</param>
    public ValueTask<IdentityResult> IdentifyAsync(
        IdentitySettings settings, ReadOnlySpan<char> token, in KeyHash hash, CancellationToken cancellationToken) =>
        _verified.Find(hash) is { } seen && seen.IsGood(settings, clock.GetUtcNow())
            ? new(new IdentityResult(seen.Identity))
            : new(VerifyAsync(settings, token.ToString(), hash, cancellationToken));

    /// <summary>Why an issuer's keys could not be had when it was last asked; null, too, where nobody asked.</summary>
    public string? LastError(TrustedIssuer issuer) =>
        _keys.TryGetValue((issuer.Name, issuer.Metadata), out IssuerKeys? keys) ? keys.LastError : null;

    /// <summary>Says in the log of somebody whose token is good why they may ask no model all the same.</summary>
    public void TellWhyNot(VerifiedIdentity identity) => logger.NoGroup(identity.Name);

    private async Task<IdentityResult> VerifyAsync(
        IdentitySettings settings, string token, KeyHash hash, CancellationToken cancellationToken)
    {
        if (!TokenParts.TryRead(token, out TokenParts? parts))
        {
            return Refuse("any issuer", "it is no signed token of at most 16 KiB that says each thing once");
        }

        if (settings.Find(parts.Issuer ?? "") is not { } issuer)
        {
            return Refuse("another issuer", "its issuer is not among those that are configured");
        }

        if (issuer.Objection(parts, clock.GetUtcNow()) is { } objection)
        {
            return Refuse(issuer.Name, objection);
        }

        IssuerKeys keys = _keys.GetOrAdd(
            (issuer.Name, issuer.Metadata),
            static (_, of) => new IssuerKeys(of.issuer, of.source, of.clock, of.outage, of.logger),
            (issuer, source, clock, outage, logger));
        KeySet? known = keys.Current;
        JsonWebKey? key = known?.Find(parts.KeyId, parts.Algorithm);
        if (key is null)
        {
            known = await keys.RefreshAsync(cancellationToken).ConfigureAwait(false);
            key = known?.Find(parts.KeyId, parts.Algorithm);
        }

        if (known is null)
        {
            return new IdentityResult(null, Unknowable: true);
        }

        if (key is null)
        {
            return Refuse(issuer.Name, "it was signed with a key that the issuer does not list");
        }

        if (await TokenVerifier.ObjectionAsync(token, issuer, key).ConfigureAwait(false) is { } wrong)
        {
            return Refuse(issuer.Name, wrong);
        }

        (VerifiedIdentity? identity, string? unreadable) = ClaimReader.Read(issuer, parts.Claims);
        if (identity is null)
        {
            return Refuse(issuer.Name, unreadable!);
        }

        DateTimeOffset end = parts.EndsAt!.Value + issuer.ClockSkew;
        _verified.Keep(hash, new VerifiedToken(identity, settings, keys, known, end));
        return new IdentityResult(identity);
    }

    private IdentityResult Refuse(string issuer, string reason)
    {
        logger.TokenRefused(issuer, reason);
        return default;
    }
}
