namespace Lightport.Admission.Identity;

/// <summary>A token that was good, and for how long that need not be looked at again.</summary>
/// <param name="Settings">The configuration that gave its claims their meaning.</param>
/// <param name="Issuer">Whose key it was signed with.</param>
/// <param name="Keys">The list that had this key.</param>
/// <param name="EndsAt">When the token has expired.</param>
internal sealed record VerifiedToken(
    VerifiedIdentity Identity, IdentitySettings Settings, IssuerKeys Issuer, KeySet Keys, DateTimeOffset EndsAt)
{
    /// <summary>A key that its issuer lists no more verifies nothing, however long the token was to last.</summary>
    public bool IsGood(IdentitySettings settings, DateTimeOffset now) =>
        now < EndsAt && ReferenceEquals(settings, Settings) && ReferenceEquals(Issuer.Current, Keys);
}
