using System.Text.RegularExpressions;

namespace Lightport.Tests.Architecture;

/// <summary>One source file, read as text: the rules are about what a reader sees.</summary>
internal sealed partial class SourceFile(string path, string text)
{
    /// <summary>From the root, with slashes: <c>src/Lightport/Routing/Route.cs</c>.</summary>
    public string Path { get; } = path;

    public string Text { get; } = text;

    public string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    /// <summary>The file's name up to its first dot.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(path).Split('.')[0];

    public string Project { get; } = path.Split('/')[1];

    /// <summary>The folders inside the project.</summary>
    public string[] Folders { get; } = path.Split('/')[2..^1];

    /// <summary>The first folder inside the project; empty at its root.</summary>
    public string Room => Folders.FirstOrDefault() ?? "";

    /// <summary>The file-scoped namespace; null where there is none.</summary>
    public string? Namespace => FileScopedNamespace().Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Top-level types in order: kind and name.</summary>
    public IReadOnlyList<(string Kind, string Name)> Types { get; } =
        [.. TopLevelType().Matches(text).Select(match => (match.Groups["kind"].Value, match.Groups["name"].Value))];

    /// <summary>What follows <c>Lightport.</c> wherever code (not a comment) names one of our namespaces.</summary>
    public IEnumerable<string> Mentions => Lines
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
        .SelectMany(line => OurNamespace().Matches(line))
        .Select(match => match.Groups[1].Value)
        .Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex FileScopedNamespace();

    [GeneratedRegex(@"(?<![\w.""])Lightport\.([A-Z]\w*(?:\.[A-Z]\w*)*)")]
    private static partial Regex OurNamespace();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe) )*"
        + @"(?<kind>class|struct|interface|enum|record struct|record class|record|delegate [\w<>\[\]?.]+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
