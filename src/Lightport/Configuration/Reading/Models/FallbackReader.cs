using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>fallback: [fast]</c> and <c>fallback-on: { context-length: […], content-filter: […], rate-limit: […] }</c>,
/// in which <c>any</c> is another word for the first.
/// </summary>
internal static class FallbackReader
{
    private static readonly SectionKeys Keys = new("any", "context-length", "content-filter", "rate-limit");

    /// <param name="entry">An entry of <c>models</c>.</param>
    public static FallbackReferences Read(Section entry)
    {
        IReadOnlyList<ModelReference> any = Names(entry, "fallback");
        if (entry.Find("fallback-on") is not { } node
            || Section.Read(node, $"{entry.Path}.fallback-on", Keys, entry.Errors) is not { } kinds)
        {
            return FallbackReferences.None with { Any = any };
        }

        if (kinds.Find("any") is { } twice && entry.Find("fallback") is not null)
        {
            entry.Errors.Add(twice, $"{kinds.Path}.any says the same as {entry.Path}.fallback; keep one of them.");
        }

        return new FallbackReferences(
            [.. any, .. Names(kinds, "any")],
            Names(kinds, "context-length"),
            Names(kinds, "content-filter"),
            Names(kinds, "rate-limit"));
    }

    private static IReadOnlyList<ModelReference> Names(Section section, string key) =>
        section.Find(key) is { } node ? TargetReader.ReadNames(node, $"{section.Path}.{key}", section.Errors) : [];
}
