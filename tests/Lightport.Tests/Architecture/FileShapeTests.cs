namespace Lightport.Tests.Architecture;

/// <summary>Files stay short, and say by name and place what is in them.</summary>
public sealed class FileShapeTests
{
    private const int LongestFile = 400;
    private const int LongestLine = 120;
    private const int Median = 60;
    private const int NinetiethPercentile = 180;

    /// <summary>
    /// A drawer in a room sorts files and is no namespace of its own: what a conversation is made of, what dialects
    /// share of requests and answers, what lies below a dialect, the readers of each section of lightport.yaml, what is
    /// stored of each thing.
    /// </summary>
    private static bool IsDrawer(IReadOnlyList<string> folders) =>
        folders is ["Conversation", _] or ["Dialects", "Answer" or "Request"] or ["Dialects", _, _, _]
            or ["Configuration", "Reading", _] or ["Exchanges", "Calls" or "Clocks" or "Headers" or "Keys" or "Memory"]
            or ["Storage", "Configurations" or "Keys" or "Kept" or "Limits" or "Usage"];

    [Fact]
    public void Files_AreNeverLongerThanFourHundredLines() => Rule.Holds(
        $"A file of more than {LongestFile} lines is a design question:",
        from file in Repository.Sources
        where file.Lines.Length > LongestFile
        select $"{file.Path} ({file.Lines.Length})");

    [Fact]
    public void Files_OnTheWhole_AreShort()
    {
        int[] lengths = [.. Repository.Sources.Select(file => file.Lines.Length).Order()];
        (int median, int ninetieth) = (At(lengths, 0.5), At(lengths, 0.9));

        Rule.Holds(
            $"Of {lengths.Length} files the median has {median} lines (at most {Median}), the 90th percentile "
            + $"{ninetieth} (at most {NinetiethPercentile}). The longest:",
            median <= Median && ninetieth <= NinetiethPercentile ? [] :
            from file in Repository.Sources.OrderByDescending(file => file.Lines.Length).Take(25)
            select $"{file.Path} ({file.Lines.Length})");
    }

    [Fact]
    public void Lines_FitTheScreen() => Rule.Holds(
        $"A line has at most {LongestLine} characters:",
        from file in Repository.Sources
        from line in file.Lines.Select((text, index) => (text.Length, Number: index + 1))
        where line.Length > LongestLine
        select $"{file.Path}:{line.Number} ({line.Length})");

    /// <summary>Enums and records may stand beside the type that they belong to.</summary>
    [Fact]
    public void Files_HoldOneTypeEach() => Rule.Holds(
        "One top-level class, struct or interface a file:",
        from file in Repository.Sources
        let types = file.Types.Where(type => type.Kind is "class" or "struct" or "interface").ToList()
        where types.Count > 1
        select $"{file.Path}: {string.Join(", ", types.Select(type => type.Name))}");

    [Fact]
    public void Files_AreNamedAfterTheirType() => Rule.Holds(
        "A file is named after a type in it:",
        from file in Repository.Sources
        where file.Types.Count > 0 && file.Name != "Program"
        where !file.Types.Any(type => type.Name == file.Name)
        select $"{file.Path}: {string.Join(", ", file.Types.Select(type => type.Name))}");

    [Fact]
    public void Namespaces_AreFileScopedAndFollowTheFolders() => Rule.Holds(
        "A file's namespace is its folder's:",
        from file in Repository.Sources
        where file.Types.Count > 0 && file.Name != "Program"
        let expected = ExpectedNamespace(file)
        where file.Namespace != expected
        select $"{file.Path}: {file.Namespace ?? "none"}, not {expected}");

    private static string ExpectedNamespace(SourceFile file)
    {
        string folder = string.Join('.', [file.Project, .. file.Folders]);
        return IsDrawer(file.Folders) ? folder[..folder.LastIndexOf('.')] : folder;
    }

    private static int At(int[] sorted, double share) => sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
}
