using Lightport.Configuration;
using Lightport.Configuration.Entries;
using Lightport.Storage;

namespace Lightport.Tests.Configuration;

public sealed class EntryReaderTests
{
    private static readonly ConfigurationEntry OpenAI = new("provider", "openai", 0, "{}");

    private static readonly ConfigurationEntry Good = new("model", "good", 0, "\"openai/a\"");

    [Theory]
    [InlineData("model", "bad", "{", "its value is not JSON")]
    [InlineData("model", "bad", "", "its value is not JSON")]
    [InlineData("model", "bad", "\"openai/a\"\n\"b\": x", "its value is not on one line")]
    [InlineData("model", "bad", "\"nowhere/a\"", "names no provider")]
    [InlineData("model", "bad", """{"fallbck":1,"targets":["openai/a"]}""", "unknown key 'fallbck'")]
    [InlineData("model", "b ad", "\"openai/a\"", "no spaces")]
    [InlineData("provider", "nobody", "{}", "the catalog has no provider 'nobody'")]
    [InlineData("key", "k", """{"name":"k","sha256":"xy"}""", "sha256 must be")]
    [InlineData("setting", "direct", "\"maybe\"", "direct must be on or off")]
    [InlineData("setting", "frobnicate", "1", "unknown key 'frobnicate'")]
    [InlineData("gizmo", "x", "1", "its kind is not known")]
    public void Read_OneBadEntry_IsNamedAndLeftOutAndTheRestServes(string kind, string name, string json, string reason)
    {
        EntryReading reading = Read([OpenAI, Good, new ConfigurationEntry(kind, name, 1, json)], []);

        Assert.True(reading.Usable, string.Join('\n', reading.Problems));
        Assert.Contains("good", reading.Configuration.Routing.ModelNames);
        string problem = Assert.Single(reading.Problems);
        Assert.StartsWith($"{kind} '{name}' is not used (", problem);
        Assert.Contains(reason, problem);
        Assert.EndsWith("it is left out.", problem);
        Assert.Equal([OpenAI, Good], reading.Accepted);
    }

    [Fact]
    public void Read_EveryEntryIsBad_DoesNotFallBackToTheDefaults()
    {
        EntryReading reading = Read([Good with { Json = "[" }], []);

        Assert.False(reading.Usable);
        Assert.Single(reading.Problems);
    }

    /// <summary>What a rule refuses must not pass because somebody broke it, nor because what it leads to is gone.</summary>
    [Theory]
    [InlineData("""{"when":"requst.stream","deny":"no"}""", "model", "\"openai/b\"")]
    [InlineData("{", "model", "\"openai/b\"")]
    [InlineData("""{"when":"request.stream","route":"other"}""", "model", "\"nowhere/b\"")]
    public void Read_BadRule_LeavesNothingOfTheVersion(string rule, string kind, string json)
    {
        var was = new ConfigurationEntry("rule", "0003", 2, """{"when":"request.stream","deny":"no"}""");

        EntryReading reading = Read([OpenAI, Good, new(kind, "other", 1, json), was with { Json = rule }], [Good, was]);

        Assert.False(reading.Usable);
        Assert.Equal([Good, was], reading.Accepted);
        Assert.StartsWith("rule '0003' cannot be used (", reading.Problems[^1]);
    }

    /// <summary>Left out, the settings before it would take with them what they refuse.</summary>
    [Fact]
    public void Read_HostRefusesASetting_LeavesNothingOfTheVersion()
    {
        var guard = new ConfigurationGuard();
        guard.Require(read => read.Admission.Mode == Lightport.Admission.AdmissionMode.Open
            ? "Refusing to serve everyone."
            : null);
        ConfigurationEntry[] entries =
        [
            new("setting", "direct", 0, "\"off\""),
            new("setting", "admission", 1, """{"mode":"open"}"""),
            OpenAI,
            Good,
        ];

        EntryReading reading = new EntryReader(Reader(guard)).Read(entries, "v2", "version v2", [Good]);

        Assert.False(reading.Usable);
        Assert.Equal(["Refusing to serve everyone."], reading.Problems);
        Assert.Equal([Good], reading.Accepted);
    }

    [Fact]
    public void Read_Rules_KeepTheirOrder()
    {
        EntryReading reading = Read(
            [
                new("rule", "b", 5, """{"name":"b","when":"true","tag":"b"}"""),
                new("rule", "a", 4, """{"name":"a","when":"request.stream","tag":"a"}"""),
                OpenAI,
            ],
            []);

        Assert.Equal(["a", "b"], reading.Configuration!.Routing.Rules.All.Select(rule => rule.Name));
    }

    [Fact]
    public void Read_BadEntryThatWasGood_KeepsItsLastGoodValue()
    {
        ConfigurationEntry bad = Good with { Json = "[", Order = 7 };

        EntryReading reading = Read([bad, new("model", "other", 1, "\"openai/b\"")], [Good]);

        Assert.Equal("openai/a", $"{reading.Configuration!.Routing.Models["good"].Targets[0]}");
        Assert.EndsWith("its last good value is kept.", Assert.Single(reading.Problems));
    }

    [Fact]
    public void Read_LastGoodValueNoLongerFits_IsLeftOutToo()
    {
        ConfigurationEntry was = new("model", "m", 0, "\"house/a\"");

        EntryReading reading = Read([was with { Json = "[" }, Good], [was]);

        Assert.Equal(["good", "echo"], reading.Configuration!.Routing.ModelNames);
        Assert.Equal(2, reading.Problems.Count);
    }

    [Fact]
    public void Read_EntryThatOthersName_TakesThemAlong()
    {
        EntryReading reading = Read(
            [
                Good,
                new("model", "base", 1, "\"nowhere/a\""),
                new("model", "middle", 2, "[\"base\"]"),
                new("model", "top", 3, """{"targets":["openai/x"],"fallback":["middle"]}"""),
            ],
            []);

        Assert.Equal(["good", "echo"], reading.Configuration!.Routing.ModelNames);
        Assert.Equal(["base", "middle", "top"], reading.Problems.Select(problem => problem.Split('\'')[1]));
    }

    [Fact]
    public void Read_BadAdmission_StillAsksForKeys()
    {
        EntryReading reading = Read([Good, new("setting", "admission", 1, "{\"mode\":\"opn\"}")], []);

        Assert.Equal(Lightport.Admission.AdmissionMode.Keys, reading.Configuration!.Admission.Mode);
    }

    [Fact]
    public void Read_NoProviderIsGood_OpensNoOthers()
    {
        EntryReading reading = Read(
            [new("provider", "openai", 0, "{"), new("model", "m", 1, "\"echo/x\"")], []);

        Assert.Equal(["echo"], reading.Configuration!.Routing.Providers.Keys);
    }

    private static EntryReading Read(
        IReadOnlyList<ConfigurationEntry> entries,
        IReadOnlyList<ConfigurationEntry> lastGood) =>
        new EntryReader(Reader()).Read(entries, "v1", "version v1", lastGood);

    internal static ConfigurationReader Reader(ConfigurationGuard? guard = null) => new(
        TestConfiguration.Catalog,
        new ConfigurationEnvironment(TestConfiguration.Environment, null, null) { Managed = true },
        guard ?? new ConfigurationGuard());
}
