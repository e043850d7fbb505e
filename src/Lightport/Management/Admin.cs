using Lightport.Admission.Identity;

namespace Lightport.Management;

/// <summary>Who is at a management door.</summary>
/// <param name="Name">
/// As their issuer knows them; null for whoever holds the admin key, who may say who they are.
/// </param>
internal sealed record Admin(string? Name, AdminRoles Roles)
{
    public static Admin OfTheKey { get; } = new(null, AdminRoles.All);
}
