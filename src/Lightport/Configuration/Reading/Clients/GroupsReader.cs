using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads an issuer's <c>groups: { claim: groups, map: { … } }</c>.</summary>
internal static class GroupsReader
{
    private static readonly SectionKeys Keys = new("claim", "map");

    public static ClaimMap Read(YamlNode node, ClaimMap map, Section issuer)
    {
        string path = $"{issuer.Path}.groups";
        if (Section.Read(node, path, Keys, issuer.Errors) is not { } section)
        {
            return map;
        }

        var groups = new OrderedDictionary<string, ClientFacts>(StringComparer.Ordinal);
        string mapped = $"{path}.map";
        foreach ((ScalarNode group, YamlNode facts) in Section.Entries(section.Find("map"), mapped, issuer.Errors))
        {
            groups[group.Value] = ClientFactsReader.Read(facts, $"{mapped}.{group.Value}", issuer.Errors);
        }

        string[] claims = IssuerReader.Texts(section, "claim");
        return map with { Groups = groups, GroupClaims = claims.Length > 0 ? claims : map.GroupClaims };
    }
}
