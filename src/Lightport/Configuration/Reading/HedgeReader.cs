using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>hedge: { after: 2s }</c>, or <c>{ after: p95 }</c>.</summary>
internal static class HedgeReader
{
    private static readonly SectionKeys Keys = new("after");

    /// <summary>Null, and an error, where it does not say when.</summary>
    public static HedgePolicy? Read(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (Section.Read(node, path, Keys, errors) is not { } section)
        {
            return null;
        }

        string? text = section.Text("after");
        if (text == "p95")
        {
            return new HedgePolicy(After: null);
        }

        if (text is not null && Durations.Parse(text) is { } after)
        {
            return new HedgePolicy(after);
        }

        errors.Add(section.Find("after") ?? node, $"{path}.after must be a length of time, as in 2s, or p95.");
        return null;
    }
}
