using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads what a group may: <c>{ models: [fast], tags: { tier: free }, limits: { … } }</c>.</summary>
internal static class ClientFactsReader
{
    private static readonly SectionKeys Keys = new("models", "tags", "limits");

    /// <param name="path">How errors name it.</param>
    public static ClientFacts Read(YamlNode node, string path, ConfigurationErrors errors) =>
        Section.Read(node, path, Keys, errors) is { } section
            ? new ClientFacts(
                section.Find("models") is { } models
                    ? KeysReader.Models(models, $"{path}.models", errors)
                    : ModelAllowList.Every,
                KeysReader.Tags(section, $"{path}.tags"),
                LimitAmountsReader.Read(section.Find("limits"), $"{path}.limits", errors))
            : new ClientFacts(new ModelAllowList([]), new Dictionary<string, string>(), null);
}
