using FsCheck;
using Lightport.Configuration;
using Lightport.Configuration.Entries;
using Lightport.Storage;

namespace Lightport.Tests.Configuration;

public sealed class ConfigurationDifferenceTests
{
    [Fact]
    public void Between_TwoVersions_TellsWhatPeopleWouldSay() => Assert.Equal(
        [
            new("changed", "setting", "direct", "\"on\"", "\"off\""),
            new("moved", "model", "c", "\"echo/3\"", "\"echo/3\""),
            new("changed", "model", "a", "\"echo/1\"", "[\"echo/1\",\"echo/2\"]"),
            new("added", "model", "new", null, "\"echo/9\""),
            new("removed", "model", "gone", "\"echo/8\"", null),
        ],
        Between(
            "direct: on\nmodels: { a: echo/1, b: echo/2, c: echo/3, gone: echo/8 }",
            "# said anew\ndirect: off\nmodels: { c: echo/3, a: [echo/1, echo/2], b: echo/2, new: echo/9 }"));

    [Fact]
    public void Between_ServersAndSources_TellsEachByItself() => Assert.Equal(
        [
            new("changed", "setting", "mcp.servers.docs", "{\"url\":\"https://a\"}", "{\"url\":\"https://b\"}"),
            new("changed", "setting", "mcp.native", "\"on\"", "\"off\""),
            new("added", "setting", "context.faq", null, "{\"text\":\"Hi\"}"),
            new("removed", "setting", "context.old", "{\"text\":\"Bye\"}", null),
        ],
        Between(
            "mcp: { servers: { docs: { url: 'https://a' }, crm: { url: 'https://c' } }, native: on }\n"
            + "context: { old: { text: Bye }, same: { text: Same } }",
            "mcp: { servers: { docs: { url: 'https://b' }, crm: { url: 'https://c' } }, native: off }\n"
            + "context: { same: { text: Same }, faq: { text: Hi } }"));

    [Theory]
    [InlineData("models: { a: echo/1 }", "models:\n  a: 'echo/1'   # the same")]
    [InlineData("direct: on\nmodels: { a: echo/1 }", "models: { a: echo/1 }\ndirect: on")]
    public void Between_OnlyTheWriting_IsNothing(string before, string after) => Assert.Empty(Between(before, after));

    [Fact]
    public void Between_FirstOfThreeGoesLast_MovesThatOneAlone() => Assert.Equal(
        ["a"],
        Between("models: { a: echo/1, b: echo/2, c: echo/3 }", "models: { b: echo/2, c: echo/3, a: echo/1 }")
            .Select(change => change.Name));

    /// <summary>What is not said to move stays in the same order on both sides.</summary>
    [Fact]
    public void Between_AnyTwoOrders_TheRestIsInOrder() => Prop.ForAll<int[], int[]>((before, after) =>
    {
        ConfigurationEntry[] old = [.. Entries(before)];
        ConfigurationEntry[] now = [.. Entries(after)];
        HashSet<string> told = [.. ConfigurationDifference.Between(old, now).Select(change => change.Name)];
        return old.Select(entry => entry.Name).Where(name => !told.Contains(name))
            .SequenceEqual(now.Select(entry => entry.Name).Where(name => !told.Contains(name)));
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<ConfigurationEntry> Entries(int[] names) =>
        names.Distinct().Select((name, order) => new ConfigurationEntry("model", $"{name}", order, "1"));

    private static IReadOnlyList<ConfigurationChange> Between(string before, string after) =>
        ConfigurationDifference.Between(EntrySplitter.Split(before), EntrySplitter.Split(after));
}
