using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>Looks at what a condition reads of a request.</summary>
internal static class RuleReads
{
    /// <summary>Of these each request has what its client, or whoever gave out its key, chose to say.</summary>
    private static readonly string[] Open =
        [RuleLanguage.Headers, RuleLanguage.Metadata, "key.tags", "request.params", "request.tools",
            "request.modalities"];

    /// <summary>Whether there are requests for which this read is an error.</summary>
    public static bool MayFail(CelRead read) =>
        read.Variable == RuleLanguage.Prompt
        || (!read.IsGuarded && (Array.Exists(Open, map => IsWithin(read.Path, map)) || IsUnsureHealth(read)));

    /// <summary>
    /// The first name after a path, as in <c>headers['x-team']</c>; null where another path is read, or only a request
    /// tells which name.
    /// </summary>
    public static string? NameAfter(string path, CelRead read)
    {
        if (!IsWithin(read.Path, path))
        {
            return null;
        }

        ReadOnlySpan<char> rest = read.Path.AsSpan(path.Length);
        if (rest.StartsWith("['"))
        {
            int end = rest.IndexOf("']");
            return end < 0 ? null : rest[2..end].ToString();
        }

        if (rest[0] == '[')
        {
            return null;
        }

        int next = rest[1..].IndexOfAny('.', '[');
        return (next < 0 ? rest[1..] : rest[1..(next + 1)]).ToString();
    }

    /// <summary>What asks whether there is something to read.</summary>
    public static string Guard(CelRead read) => read.Path switch
    {
        _ when read.Path.Contains("[*]", StringComparison.Ordinal) => "has(…)",
        _ when read.Path.EndsWith("']", StringComparison.Ordinal)
            && read.Path.LastIndexOf("['", StringComparison.Ordinal) is > 0 and var start =>
            $"{read.Path[(start + 1)..^1]} in {read.Path[..start]}",
        _ when read.Path.EndsWith(']') => $"size({read.Path[..read.Path.LastIndexOf('[')]}) > 0",
        _ => $"has({read.Path})",
    };

    /// <summary>
    /// A latency is there once it was measured, a model of a request's choosing where it is configured.
    /// </summary>
    private static bool IsUnsureHealth(CelRead read) =>
        read.Variable == RuleLanguage.Health
        && (read.Path.EndsWith(".latency", StringComparison.Ordinal)
            || read.Path.Contains("[*]", StringComparison.Ordinal));

    private static bool IsWithin(string path, string map) =>
        path.Length > map.Length && path.StartsWith(map, StringComparison.Ordinal) && path[map.Length] is '.' or '[';
}
