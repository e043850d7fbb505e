using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>hedge: { after: 2s, max: 5% }</c>, or <c>{ after: p95 }</c>.</summary>
internal static class HedgeReader
{
    private static readonly SectionKeys Keys = new("after", "max")
    {
        Example = "hedge: { after: 2s }",
    };

    /// <summary>Null, and an error, where it does not say when.</summary>
    public static HedgePolicy? Read(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (Section.Read(node, path, Keys, errors) is not { } section)
        {
            return null;
        }

        string? text = section.Text("after");
        TimeSpan? after = text is null or "p95" ? null : Durations.Parse(text);
        if (after is null && text != "p95")
        {
            errors.Add(section.Find("after") ?? node, $"{path}.after must be a length of time, as in 2s, or p95.");
            return null;
        }

        return new HedgePolicy(after) { Most = Most(section) };
    }

    private static HedgeShare? Most(Section section)
    {
        if (section.Text("max") is not { } text)
        {
            return null;
        }

        if (Shares.Parse(text) is { } part)
        {
            return new HedgeShare(part);
        }

        section.Errors.Add(
            section.Find("max")!,
            $"{section.Path}.max must be a share of the requests over 0% and up to 100%, as in 5%.");
        return null;
    }
}
