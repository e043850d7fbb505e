using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>management: { admin-key: off }</c>.</summary>
internal static class ManagementReader
{
    public const string Key = "management";

    private static readonly SectionKeys Keys = new("admin-key");

    /// <summary>Whether the admin key opens the management doors.</summary>
    public static bool TakesAdminKey(YamlNode? node, IdentitySettings? identity, ConfigurationErrors errors)
    {
        if (node is null || Section.Read(node, Key, Keys, errors) is not { } section)
        {
            return true;
        }

        bool takes = section.Boolean("admin-key") ?? true;
        if (!takes && identity?.Grants.HasFlag(AdminRoles.Configuration) != true)
        {
            errors.Add(section.Find("admin-key")!, "without the admin key nobody could change this again: first give a "
                + "group the role 'configuration' under 'admins' of an issuer.");
        }

        return takes;
    }
}
