using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads what an issuer's claims mean: <c>subject</c>, <c>name</c>, <c>tags</c>, <c>groups</c>,
/// <c>default</c>, <c>admins</c>.</summary>
internal static class ClaimMapReader
{
    private static readonly Dictionary<string, AdminRoles> Roles = new()
    {
        ["read"] = AdminRoles.Read,
        ["keys"] = AdminRoles.Read | AdminRoles.Keys,
        ["configuration"] = AdminRoles.Read | AdminRoles.Configuration,
    };

    public static ClaimMap Read(Section issuer)
    {
        var map = new ClaimMap();
        map = map with
        {
            Subject = issuer.Text("subject") ?? map.Subject,
            Name = issuer.Text("name") ?? map.Name,
            TagClaims = KeysReader.Tags(issuer, $"{issuer.Path}.tags"),
            Default = issuer.Find("default") is { } node
                ? ClientFactsReader.Read(node, $"{issuer.Path}.default", issuer.Errors)
                : null,
            Admins = Admins(issuer),
        };
        map = issuer.Find("groups") is { } groups ? GroupsReader.Read(groups, map, issuer) : map;
        if (!map.LetsAnyoneIn)
        {
            issuer.Errors.Warn(issuer.At, $"nobody comes in by this issuer: {issuer.Path} has neither 'groups' with a "
                + "'map', nor 'default', nor 'admins'.");
        }

        return map;
    }

    private static Dictionary<string, AdminRoles> Admins(Section issuer)
    {
        string path = $"{issuer.Path}.admins";
        var admins = new Dictionary<string, AdminRoles>(StringComparer.Ordinal);
        foreach ((ScalarNode group, YamlNode list) in Section.Entries(issuer.Find("admins"), path, issuer.Errors))
        {
            var granted = AdminRoles.None;
            foreach (YamlNode item in Section.Items(list, path, issuer.Errors))
            {
                if (Section.TextOf(item, path, issuer.Errors) is not { } word)
                {
                    continue;
                }

                if (!Roles.TryGetValue(word, out AdminRoles role))
                {
                    issuer.Errors.Add(
                        item, $"'{word}' in {path} is no role; the roles are {string.Join(", ", Roles.Keys)}.");
                }

                granted |= role;
            }

            admins[group.Value] = granted;
        }

        return admins;
    }
}
