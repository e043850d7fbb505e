namespace Lightport.Admission.Identity;

/// <summary>Whose tokens are taken, as of one version of the configuration.</summary>
internal sealed class IdentitySettings
{
    private readonly Dictionary<string, TrustedIssuer> _byName;

    /// <param name="issuers">No two of one name.</param>
    public IdentitySettings(IReadOnlyList<TrustedIssuer> issuers)
    {
        Issuers = issuers;
        _byName = issuers.ToDictionary(issuer => issuer.Name, StringComparer.Ordinal);
        foreach (TrustedIssuer issuer in issuers)
        {
            foreach (AdminRoles roles in issuer.Claims.Admins.Values)
            {
                Grants |= roles;
            }
        }
    }

    public IReadOnlyList<TrustedIssuer> Issuers { get; }

    /// <summary>The gateway's own address as clients know it; null for the one by which each request came.</summary>
    public Uri? Address { get; init; }

    /// <summary>What somebody or other may do at the management doors by their groups.</summary>
    public AdminRoles Grants { get; }

    public TrustedIssuer? Find(string name) => _byName.GetValueOrDefault(name);
}
