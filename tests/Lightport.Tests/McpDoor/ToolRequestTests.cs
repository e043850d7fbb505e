using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Limits;
using Lightport.Mcp;
using Lightport.Tests.Configuration;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Exchanges.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.McpDoor;

/// <summary>A call of a server's tool at the MCP door is a request: limited, billed and written down.</summary>
public sealed class ToolRequestTests
{
    private const string Key = "lp-team-key-0123456789";
    private const string Search = "docs__search";

    private readonly ScriptedServers _servers = new ScriptedServers().Has("docs", ScriptedServers.Tool("search"));
    private TestLedger? _ledger;

    [Fact]
    public async Task Call_IsRecordedAsItsCallersWithItsPrice()
    {
        using TestGateway gateway = Limited("", price: 0.25);

        ClientCall call = await gateway.CallToolAsync(Search, [], Key);

        Assert.Equal("done", call.ToolText());
        Assert.Equal(
            ("team", "Mcp", Search, 1, 0.25m),
            (
                gateway.Record.Key,
                gateway.Record.Endpoint,
                gateway.Record.Tool,
                gateway.Record.Runs.Count,
                gateway.Record.AnswerCost!.Value.Dollars));
        Assert.Equal(call.Header("x-request-id"), gateway.Record.RequestId);
        Assert.Contains($" cost=0.25 finish=none tool={Search}", gateway.Line.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unreachable", 0)]
    [InlineData("tool_error", 1)]
    public async Task Call_ThatNeverReachedTheServer_CostsNothing(string failure, int runs)
    {
        using TestGateway gateway = Limited("budget: { usd: 5, per: day }", price: 1);
        _servers.Answer = (_, _) => new(McpOutcome.Failed(failure, "It failed."));

        await gateway.CallToolAsync(Search, [], Key);

        Assert.Equal((runs, runs), (gateway.Record.Runs.Count, (int)gateway.Record.Runs.Dollars));
        Assert.Equal(runs * 1_000_000_000L, _ledger!.Used("key", LimitMeasure.Money));
        Assert.Equal(0, _ledger.Reserved);
    }

    [Theory]
    [InlineData("requests-per-minute: 1", "rate_limit_exceeded", "allows 1 requests a minute", true)]
    [InlineData("budget: { usd: 1, per: day }", "insufficient_quota", "has $0.40 left until 1970-01-02", false)]
    public async Task Limit_ThatIsMet_RefusesTheCallAndSaysWhichAndWhen(
        string limits, string code, string words, bool passes)
    {
        using TestGateway gateway = Limited(limits, price: 0.6);
        await gateway.CallToolAsync(Search, [], Key);

        ClientCall call = await gateway.CallToolAsync(Search, [], Key);

        Assert.Contains("'key'", call.ToolFailure(), StringComparison.Ordinal);
        Assert.Contains(words, call.ToolFailure(), StringComparison.Ordinal);
        JsonNode refusal = call.Result()["_meta"]!["lightport/refusal"]!;
        Assert.Equal((code, "key"), ((string?)refusal["code"], (string?)refusal["limit"]));
        Assert.Equal(passes, refusal["retry_after_seconds"] is not null);
        Assert.Single(_servers.Calls);
        Assert.Equal((code, 0), (gateway.Record.Error!.Code, gateway.Record.Runs.Count));
        Assert.Contains(gateway.Record.Limits, met => met is { Limit: "key", Outcome: "refused" });
        Assert.Equal(0, _ledger!.Reserved);
    }

    [Fact]
    public async Task Call_HoldsItsPlace_UntilItIsOver()
    {
        using TestGateway gateway = Limited("concurrent: 1", price: 0);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _servers.Answer = async (_, _) =>
        {
            begun.TrySetResult();
            await end.Task;
            return new McpOutcome([new TextPart("done")]);
        };
        Task<ClientCall> first = gateway.CallToolAsync(Search, [], Key);
        await begun.Task;

        ClientCall second = await gateway.CallToolAsync(Search, [], Key);
        end.SetResult();

        Assert.Contains("allows 1 requests at the same time", second.ToolFailure(), StringComparison.Ordinal);
        Assert.Equal("done", (await first).ToolText());
        Assert.Equal("done", (await gateway.CallToolAsync(Search, [], Key)).ToolText());
    }

    /// <summary>A tool has no route and no target, and nowhere to be led to.</summary>
    [Theory]
    [InlineData("per: route, requests-per-minute: 1")]
    [InlineData("per: all, match: { route: fast }, requests-per-minute: 1")]
    [InlineData("per: model, requests-per-minute: 1")]
    [InlineData("per: all, tokens-per-minute: 1")]
    [InlineData("per: all, requests-per-minute: 1, then: { route: fast }")]
    public async Task Limit_OfModels_IsNotMet(string limit)
    {
        using TestGateway gateway = Limited("concurrent: 9", price: 0.1, $"limits: [{{ name: house, {limit} }}]");

        await gateway.CallToolAsync(Search, [], Key);
        ClientCall call = await gateway.CallToolAsync(Search, [], Key);

        Assert.Equal("done", call.ToolText());
        Assert.DoesNotContain(gateway.Record.Limits, met => met.Outcome != "held");
    }

    [Fact]
    public async Task Price_IsWhatTheKeyHasSpent()
    {
        using TestGateway gateway = Limited(
            "concurrent: 9",
            price: 0.6,
            """rules: [{ name: poor, when: "key.spend.day > 0.5", deny: "That is enough for today." }]""");
        await gateway.CallToolAsync(Search, [], Key);

        ClientCall chat = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For("fast", Wires.Chat),
            new Dictionary<string, string> { ["Authorization"] = $"Bearer {Key}" });

        Assert.Equal((403, "denied_by_rule"), (chat.Status, chat.Error("code")));
    }

    /// <summary>What cannot be evaluated refuses, as there is nobody to ask what was meant.</summary>
    [Theory]
    [InlineData("call.server == 'docs' && call.name.startsWith('se')", "Not for you.")]
    [InlineData("key.name == 'team' && key.tags.tier == 'guest'", "Not for you.")]
    [InlineData("call.method == 'tools/call' && call.read_only && now.getFullYear() < 2000", "Not for you.")]
    [InlineData("headers['x-team'] == 'red'", "needs something that this request does not say")]
    public async Task Rule_ThatACallMeets_RefusesIt(string when, string words)
    {
        using TestGateway gateway = Limited("requests-per-minute: 1", price: 0.5, rule: when);

        ClientCall call = await gateway.CallToolAsync(Search, [], Key);

        Assert.Contains(words, call.ToolFailure(), StringComparison.Ordinal);
        Assert.Empty(_servers.Calls);
        Assert.Equal(("denied_by_rule", "house"), (gateway.Record.Error!.Code, gateway.Record.Rule));
        Assert.Empty(gateway.Record.Limits);
    }

    [Theory]
    [InlineData("call.server == 'crm' || call.name == 'delete'")]
    [InlineData("!call.read_only")]
    [InlineData("'x-team' in headers && headers['x-team'] == 'red'")]
    [InlineData("key.tags.tier != 'guest'")]
    public async Task Rule_ThatACallDoesNotMeet_LetsItPass(string when)
    {
        using TestGateway gateway = Limited("requests-per-minute: 1", price: 0.5, rule: when);

        Assert.Equal("done", (await gateway.CallToolAsync(Search, [], Key)).ToolText());
        Assert.Null(gateway.Record.Rule);
    }

    [Theory]
    [InlineData("{ when: \"request.model == 'x'\", deny: No. }", "request")]
    [InlineData("{ when: \"call.name\", deny: No. }", "must be true or false, but this is string")]
    [InlineData("{ when: \"key.spend.day > 1.0\", deny: No. }", "key.spend is for the rules of models")]
    [InlineData("{ when: \"headers['X-Team'] == 'a'\", deny: No. }", "names are in lower case here")]
    [InlineData("{ when: \"headers['authorization'] == 'a'\", deny: No. }", "is not shown to rules")]
    [InlineData("{ when: \"true\" }", "needs 'deny'")]
    [InlineData("{ deny: No. }", "needs 'when'")]
    [InlineData("{ when: \"true\", route: fast, deny: No. }", "unknown key 'route' in mcp.rules")]
    public void Rule_ThatIsNone_IsToldWithItsPlace(string rule, string error)
    {
        ConfigurationResult result = TestConfiguration.Load($"mcp:\n  rules:\n    - {rule}");

        Assert.Contains(
            result.Errors, told => told.Line == 3 && told.Message.Contains(error, StringComparison.Ordinal));
    }

    /// <summary>It is safe, and seldom meant: nobody without that header could call anything.</summary>
    [Theory]
    [InlineData("headers['x-team'] == 'night'", "'headers['x-team']' is not there in every call")]
    [InlineData("key.tags.team == 'night'", "look first, as in has(key.tags.team).")]
    [InlineData("'x-team' in headers && headers['x-team'] == 'night'", null)]
    [InlineData("has(key.tags.team) && key.tags.team == 'night'", null)]
    public void Rule_ThatReadsWithoutLooking_IsWarnedOf(string when, string? warning) => Assert.Equal(
        warning is null ? 0 : 1,
        TestConfiguration.LoadValid($"mcp:\n  rules:\n    - {{ when: \"{when}\", deny: No. }}").Warnings
            .Count(told => warning is null || told.Contains(warning, StringComparison.Ordinal)));

    private TestGateway Limited(string limits, double price, string more = "", string rule = "false") => new(
        FormattableString.Invariant($$"""
            mcp:
              servers: { docs: { url: "https://docs.example/mcp", price: {{price}} } }
              rules: [{ name: house, when: "{{rule}}", deny: Not for you. }]
            models: { fast: openai/gpt-4o }
            keys:
              - { name: team, sha256: {{Hash()}}, tags: { tier: guest }{{(limits.Length == 0 ? "" : $", limits: {{ {limits} }}")}} }
            {{more}}
            """),
        configure: services => services
            .AddSingleton<IMcpServers>(_servers)
            .AddSingleton<ILimitLedger>(
                provider => _ledger = new TestLedger(provider.GetRequiredService<TimeProvider>())));

    private static string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
}
