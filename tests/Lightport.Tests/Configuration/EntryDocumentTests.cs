using System.Text;
using System.Text.Json;
using Lightport.Configuration;
using Lightport.Configuration.Entries;
using Lightport.Providers;
using Lightport.Storage;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Configuration;

public sealed class EntryDocumentTests
{
    public static TheoryData<string> Documents =>
    [
        Repository.Read("lightport.sample.yaml").ReplaceLineEndings("\n"),
        "direct: off",
        "models: {}",
        "providers:\nmodels: { a: echo/b }",
        "models: { \"ab:c\u00e9\U0001F600\\\"\\\\#\": echo/x }",
        "models: { a: { targets: [{ to: echo/b, set: { t: \"a\\u2028\\u0085\\tb\\n\" } }] } }",
        "rules:\n  - when: |\n      request.stream\n      && request.tokens > 1\n    deny: no\n"
            + "  - { name: a, when: true, tag: 1, share: 5%, set: { user: \"1\", n: 1.50 } }",
        "models: { a: { targets: [{ to: echo/b, set: { t: 1.50, n: 12345678901234567890, q: \"1\", on: yes, z: ~ } }] } }",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void SplitAndJoin_SayTheSame(string text)
    {
        IReadOnlyList<ConfigurationEntry> entries = EntrySplitter.Split(text);
        string joined = EntryDocument.Join(entries).Text;

        Assert.NotEmpty(entries);
        Assert.Equal(Inventory(entries), Inventory(EntrySplitter.Split(joined)));
        Assert.Equal(Meaning(text), Meaning(joined));
    }

    [Fact]
    public void Split_EachEntry_IsItsOwn()
    {
        const string Text = """
            direct: off
            providers: { openai: {}, house: { use: openai-compatible } }   # a comment
            models:
              fast: [openai/a, house/b]
            keys: [{ name: team-a, sha256: "00" }]
            """;

        Assert.Equal(
            [
                ("setting", "direct", "\"off\""),
                ("provider", "openai", "{}"),
                ("provider", "house", """{"use":"openai-compatible"}"""),
                ("model", "fast", """["openai/a","house/b"]"""),
                ("key", "team-a", """{"name":"team-a","sha256":"00"}"""),
            ],
            EntrySplitter.Split(Text).Select(entry => (entry.Kind, entry.Name, entry.Json)));
    }

    [Fact]
    public void Join_EveryLine_IsAnEntrysOrAHeading()
    {
        ConfigurationEntry[] entries = [.. EntrySplitter.Split("direct: on\nmodels: { a: echo/x, b: echo/y }")];
        EntryDocument document = EntryDocument.Join(entries);

        Assert.Equal("\"direct\": \"on\"\nmodels:\n  \"a\": \"echo/x\"\n  \"b\": \"echo/y\"\n", document.Text);
        Assert.Equal(
            [null, "direct", null, "a", "b", null],
            Enumerable.Range(0, 6).Select(line => document.At(line)?.Name));
    }

    private static string Inventory(IEnumerable<ConfigurationEntry> entries) => string.Join(
        '\n',
        entries.OrderBy(entry => (entry.Kind, entry.Kind == "setting" ? entry.Name : "")).Select(
            entry => $"{entry.Kind} {entry.Name} {entry.Json}"));

    private static string Meaning(string text)
    {
        ConfigurationResult result = ConfigurationLoader.Load(
            text, "x", ProviderCatalog.Load(), new HashSet<string> { "OPENAI_API_KEY" });
        Assert.Empty(result.Errors);
        GatewayConfiguration read = result.Configuration!;
        return string.Join('\n', read.Routing.Models.Values.Select(route =>
            $"{route.Name}: {string.Join(", ", route.Targets)} {route.Retry.Attempts} {route.Timeouts.FirstByte} "
            + string.Join(",", route.Targets.SelectMany(target => target.Set.Select(set => $"{set.Key}={Json(set.Value)}")))))
            + string.Join(',', read.Routing.Wildcards.Select(wildcard => wildcard.ToString()))
            + read.Routing.Direct + read.Admission.Mode + read.Admission.Keys.Count
            + string.Join(',', read.Routing.Providers.Keys)
            + string.Join('\n', read.Routing.Rules.All.Select(rule =>
                $"{rule.Name} {rule.Condition.Text} {rule.Route?.Name} {rule.Tag} {rule.Deny} {rule.Share} {rule.OnError} "
                + string.Join(",", rule.Set.Select(set => $"{set.Key}={Encoding.UTF8.GetString(set.Value)}"))));
    }

    private static string Json(JsonElement value) => value.GetRawText();
}
