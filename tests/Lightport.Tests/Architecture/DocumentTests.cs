using System.Text.RegularExpressions;

namespace Lightport.Tests.Architecture;

/// <summary>The documents lead where they say.</summary>
public sealed partial class DocumentTests
{
    private const string Decisions = "docs/decisions";

    private static IReadOnlyList<string> Documents { get; } = [.. Repository.Files("", "*.md")];

    [Fact]
    public void Decisions_HaveANumberOfTheirOwn() => Rule.Holds(
        $"Two decisions have one number; the later one takes the next that is free in {Decisions}:",
        from path in Repository.Files(Decisions, "*.md")
        group path by NumberOf(path) into same
        where same.Count() > 1
        select string.Join(", ", same));

    [Fact]
    public void Decisions_BeginWithTheirNumber() => Rule.Holds(
        "The heading of a decision begins with the number of its file:",
        Repository.Files(Decisions, "*.md").Where(path =>
            !Repository.Read(path).StartsWith($"# {NumberOf(path)} ", StringComparison.Ordinal)));

    [Fact]
    public void Links_LeadToWhatIsThere() => Rule.Holds(
        "A document links to a file that is not there:",
        from path in Documents
        from link in Link().Matches(Repository.Read(path))
        let target = link.Groups["path"].Value
        let place = Path.Combine(Repository.Root, Path.GetDirectoryName(path) ?? "", target)
        where !File.Exists(place) && !Directory.Exists(place)
        select $"{path}: {target}");

    [Fact]
    public void Pages_AreFoundFromTheReadme() => Rule.Holds(
        "A page of docs/ is not linked in README.md, where people begin:",
        Repository.Files("docs", "*.md").Where(path =>
            Path.GetDirectoryName(path) == "docs"
            && !Repository.Read("README.md").Contains($"]({path}", StringComparison.Ordinal)));

    private static string NumberOf(string path) => Path.GetFileName(path).Split('-')[0];

    /// <summary>A link that is relative, without its fragment.</summary>
    [GeneratedRegex(@"\]\((?!\w+:)(?<path>[^)#\s]+)(#[^)\s]*)?\)")]
    private static partial Regex Link();
}
