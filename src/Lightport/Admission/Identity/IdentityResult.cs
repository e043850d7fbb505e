namespace Lightport.Admission.Identity;

/// <summary>Who showed a token; nobody where it is not good.</summary>
/// <param name="Unknowable">Whether it is good cannot be told just now.</param>
internal readonly record struct IdentityResult(VerifiedIdentity? Identity, bool Unknowable = false);
