namespace Lightport.Admission.Identity;

/// <summary>Somebody whose token is good.</summary>
/// <param name="Name">What logs and usage call them.</param>
/// <param name="Caller">As whom they may ask models; null where they may not.</param>
/// <param name="Roles">What they may do at the management doors.</param>
internal sealed record VerifiedIdentity(string Name, Caller? Caller, AdminRoles Roles);
