using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>shadow: { to: openai/gpt-4o, share: 5% }</c>.</summary>
internal static class ShadowReader
{
    public const string Key = "shadow";

    private const string To = "to";
    private const string Share = "share";

    private static readonly SectionKeys Keys = new(To, Share)
    {
        Example = "shadow: { to: provider/model, share: 5% }",
    };

    /// <summary>Null where nothing is written, or, with an error, where it does not say where or how many.</summary>
    public static ShadowReference? Read(Section entry)
    {
        if (entry.Find(Key) is not { } node
            || Section.Read(node, $"{entry.Path}.{Key}", Keys, entry.Errors) is not { } section)
        {
            return null;
        }

        string? target = section.Text(To);
        double? part = section.Text(Share) is { } text ? Shares.Parse(text) : null;
        if (target is null)
        {
            section.Errors.Add(section.At, $"{section.Path} needs 'to', as in to: openai/gpt-4o-mini.");
        }

        if (part is null)
        {
            section.Errors.Add(
                section.Find(Share) ?? section.At,
                $"{section.Path}.share must be a share of the requests over 0% and up to 100%, as in share: 5%.");
        }

        return target is null || part is null ? null : new ShadowReference(target, section.Find(To)!, part.Value);
    }
}
