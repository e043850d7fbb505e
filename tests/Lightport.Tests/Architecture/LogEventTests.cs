using System.Text.RegularExpressions;

namespace Lightport.Tests.Architecture;

/// <summary>Alerts are set on event ids: each means one thing, stands in one table, and keeps its meaning.</summary>
public sealed partial class LogEventTests
{
    private const string Table = "docs/log.md";

    private static IReadOnlyList<(string Id, string Name, string Path)> Events { get; } =
    [
        .. from file in Repository.Sources
           from found in GeneratedEvent().Matches(file.Text).Concat(WrittenEvent().Matches(file.Text))
           select (found.Groups["id"].Value, found.Groups["name"].Value, file.Path),
    ];

    private static ILookup<string, string> Rows { get; } = Row()
        .Matches(Repository.Read(Table))
        .ToLookup(row => row.Groups["id"].Value, row => row.Groups["name"].Value);

    [Fact]
    public void Ids_StandForOneEventEach() => Rule.Holds(
        "An event id is used twice; take one that is free:",
        from one in Events
        group one by one.Id into same
        where same.Count() > 1
        select $"{same.Key}: {string.Join(", ", same.Select(one => $"{one.Name} ({one.Path})"))}");

    [Fact]
    public void Events_StandInTheTableByIdAndName() => Rule.Holds(
        $"An event needs its row in {Table}; ids and names that were released stay:",
        Events.Where(one => !Rows[one.Id].SequenceEqual([one.Name])).Select(one => $"{one.Id} {one.Name}, {one.Path}"));

    [Fact]
    public void Table_HoldsNothingElse() => Rule.Holds(
        $"{Table} has a row that no code writes:",
        Rows.Where(row => Events.All(one => one.Id != row.Key)).Select(row => $"{row.Key} {row.First()}"));

    [Fact]
    public void Lines_AreNeverWrittenWithoutAnId() => Rule.Holds(
        "Log by a [LoggerMessage] with an id of its own:",
        from file in Repository.Sources
        where LineWithoutId().IsMatch(file.Text)
        select file.Path);

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?<id>\d+)\s*,[\s\S]*?\bvoid (?<name>\w+)\(")]
    private static partial Regex GeneratedEvent();

    [GeneratedRegex(@"EventId \w+ = new\((?<id>\d+), nameof\((?<name>\w+)\)\)")]
    private static partial Regex WrittenEvent();

    [GeneratedRegex(@"^\| (?<id>\d+) \| (?<name>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(|\[LoggerMessage\(\s*[^\d\s]")]
    private static partial Regex LineWithoutId();
}
