using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

public sealed class UsageDoorTests : IAsyncLifetime
{
    private readonly ManagedGateway _gateway = new(document: """
        providers:
          openai: { prices: { "gpt*": { input: 1, output: 2 } } }
        direct: on
        models: { fast: openai/gpt-4o, "gpt-*": openai/*, free: echo/echo }
        rules:
          - { name: night, when: "request.model == 'fast'", tag: night }
        """);

    private string _keyB = "";

    public async Task InitializeAsync()
    {
        JsonObject a = await _gateway.CreateKeyAsync("""{"name":"=cmd|' /C calc'!A0","tags":{"team":"growth"}}""");
        JsonObject b = await _gateway.CreateKeyAsync("""{"name":"team, \"b\"","tags":{"team":"core"}}""");
        _keyB = (string)b["id"]!;
        foreach ((JsonObject key, string model) in ((JsonObject, string)[])
            [(a, "fast"), (a, "gpt-5"), (a, "free"), (b, "fast"), (b, "openai/gpt-4o")])
        {
            _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
            Assert.Equal(200, (await _gateway.ChatAsync((string)key["key"]!, model)).Status);
        }
    }

    [Theory]
    [InlineData("by=provider", "openai 4|echo 1")]
    [InlineData("by=route", "fast 2|(direct) 1|gpt-* 1|free 1")]
    [InlineData("by=tag", "night 2| 3")]
    [InlineData("by=tag.team", "core 2|growth 3")]
    [InlineData("group-by=tag.team,tag", "core,night 1|core, 1|growth,night 1|growth, 2")]
    [InlineData("by=provider&route=g*", "openai 1")]
    [InlineData("by=provider&provider=ec*", "echo 1")]
    [InlineData("by=provider&tag=night", "openai 2")]
    [InlineData("by=model&key-tag=team:gr*&model=openai/*", "openai/gpt-4o 1|openai/gpt-5 1")]
    [InlineData("by=day&from=1970-01-01T00&to=1970-01-01T00:00:00Z", "1970-01-01 5")]
    [InlineData("by=day&from=1970-01-01T01&to=1970-01-01T05", "")]
    public async Task Usage_ByAnything_AddsUp(string query, string rows)
    {
        JsonObject answer = await AskAsync(query);

        string[] by = [.. answer["by"]!.AsArray().Select(word => (string)word!)];
        Assert.Equal(
            rows.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            answer["rows"]!.AsArray()
                .Select(row => string.Join(',', by.Select(word => Of(row!, word))) + " " + row!["requests"])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Usage_HasItsMoney_AndSaysWhatHasNoPrice()
    {
        string key = (string)(await _gateway.CreateKeyAsync("""{"name":"c"}"""))["key"]!;
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        Assert.Equal(200, (await _gateway.ChatAsync(key, "openai/never-heard-of")).Status);

        JsonObject total = (await AskAsync("by=key"))["total"]!.AsObject();

        // Four answers of 9 tokens in and 3 out.
        Assert.Equal(4 * 15 / 1_000_000m, (decimal)total["cost_usd"]!);
        Assert.Equal(4 * 9 / 1_000_000m, (decimal)total["input_cost_usd"]!);
        Assert.Equal(1, (int)total["unpriced"]!);
        Assert.NotNull(total["duration_ms"]);
        Assert.NotEmpty(total["price_versions"]!.AsArray());
    }

    [Fact]
    public async Task Usage_PageByPage_IsWhatItIsWhole()
    {
        JsonObject whole = await AskAsync("by=key,model,route");
        var paged = new List<string>();
        string? next = null;
        do
        {
            JsonObject page = await AskAsync("by=key,model,route&limit=2" + (next is null ? "" : "&after=" + next));
            Assert.InRange(page["rows"]!.AsArray().Count, 1, 2);
            Assert.Equal(whole["total"]!.ToJsonString(), page["total"]!.ToJsonString());
            paged.AddRange(page["rows"]!.AsArray().Select(row => row!.ToJsonString()));
            next = (string?)page["next"];
        }
        while (next is not null);

        Assert.Equal(
            whole["rows"]!.AsArray().Select(row => row!.ToJsonString()).Order(StringComparer.Ordinal),
            paged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Usage_AsCsv_IsForSpreadsheetsAndRunsNothing()
    {
        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.Usage, query: "?by=key,tag.team&limit=1", headers: ("Accept", "text/csv"));
        ClientCall whole = await _gateway.SendAsync(
            ManagementEndpoints.Usage, query: "?by=key,tag.team", headers: ("Accept", "text/csv, application/json;q=0.5"));

        Assert.Equal((200, "text/csv; charset=utf-8"), (call.Status, call.Header("Content-Type")));
        Assert.Matches("^</manage/usage\\?by=key,tag.team&limit=1&after=[\\w-]+>; rel=\"next\"$",
            Uri.UnescapeDataString(call.Header("Link")!));
        string[] lines = whole.Text.Split("\r\n");
        Assert.StartsWith("key_id,key,tag.team,requests,errors,", lines[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.Contains(",'=cmd|' /C calc'!A0,growth,3,", StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line => line.StartsWith(_keyB + ",\"team, \"\"b\"\"\",core,2,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("by=tag.", "by")]
    [InlineData("by=key,key", "by")]
    [InlineData("group-by=colour", "group-by")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("limit=1&after=x", "after")]
    [InlineData("limit=1&after=WyJhIl0", "after")]
    [InlineData("key-tag=team", "key-tag")]
    [InlineData("from=1970-01-01T25", "from")]
    public async Task Usage_QuestionThatIsNone_Is400ThatNamesIt(string query, string field)
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Usage, query: "?" + query);

        Assert.Equal((400, field), (call.Status, call.Error("param")));
    }

    public Task DisposeAsync()
    {
        _gateway.Dispose();
        return Task.CompletedTask;
    }

    private static string? Of(JsonNode row, string word) => word.StartsWith("tag.", StringComparison.Ordinal)
        ? (string?)row["key_tags"]![word[4..]]
        : (string?)row[word];

    private async Task<JsonObject> AskAsync(string query)
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Usage, query: "?" + query);
        Assert.True(call.Status == 200, call.Text);
        return call.Json;
    }
}
