using System.Text.Json.Nodes;
using Lightport.Limits;
using Lightport.Mcp;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Exchanges.Limits;
using Microsoft.Extensions.DependencyInjection;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>What runs of tools cost: billed with the request, and counted in budgets before they are made.</summary>
public sealed class RunPriceTests
{
    private static readonly Said Call = new("", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    [Theory]
    [InlineData(", price: 0.25", 0.5)]
    [InlineData(", price: { read: 1, \"s*\": 0.125 }", 0.25)]
    [InlineData("", 0)]
    public async Task Runs_AreBilledWithTheRequest(string price, double dollars)
    {
        using var tools = new ToolGateway(server: price);
        tools.Says("chat", false, Call, Call, Last);

        await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal(2, tools.Gateway.Record.Runs.Count);
        Assert.Equal((decimal)dollars, tools.Gateway.Record.Runs.Dollars);
        Assert.Equal(
            (decimal)dollars,
            tools.Gateway.Record.AnswerCost!.Value.Dollars - tools.Gateway.Record.Tried.Sum(tried => tried.Cost!.Value.Dollars));
    }

    [Theory]
    [InlineData("invalid_arguments", false, 0)]
    [InlineData("unreachable", false, 0)]
    [InlineData("broken", true, 1)]
    [InlineData("tool_error", false, 1)]
    public async Task Run_ThatWasNone_CostsNothing(string failure, bool mayHaveRun, int billed)
    {
        using var tools = new ToolGateway(server: ", price: 1");
        tools.Servers.Answer = (_, _, _) =>
            Task.FromResult(McpOutcome.Failed(failure, "It failed.") with { MayHaveRun = mayHaveRun });
        tools.Says("chat", false, Call, Last);

        await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal((billed, billed), (tools.Gateway.Record.Runs.Count, (int)tools.Gateway.Record.Runs.Dollars));
    }

    [Theory]
    [InlineData(1.5, 1, false)]
    [InlineData(1.5, 1, true)]
    [InlineData(0.5, 0, false)]
    public async Task Run_ThatABudgetHasNoRoomFor_IsNotMade_AndEndsTheAnswer(double budget, int runs, bool streams)
    {
        using ToolGateway tools = Limited(budget, price: 1);
        tools.Says("chat", streams, Call, Call);

        ClientCall call = await tools.ChatAsync("chat", streams, ToolGateway.User("Is it so?"));

        Assert.Equal(runs, tools.Servers.Calls.Count);
        Assert.Contains("insufficient_quota", call.Text, StringComparison.Ordinal);
        Assert.Contains(
            "the tools that its answer calls may cost up to $1.00. Offer no tools that cost", call.Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Lower the most tokens", call.Text, StringComparison.Ordinal);
        Assert.Equal(runs > 0, call.Text.Contains("Tools have run", StringComparison.Ordinal));
        Assert.Equal(streams ? 200 : 429, call.Status);
        Assert.Equal(streams ? null : "false", call.Header("x-should-retry"));
        Assert.Equal(runs, tools.Gateway.Record.Runs.Dollars);
    }

    /// <summary>The run has left so little that nothing sensible can be asked any more.</summary>
    [Fact]
    public async Task Budget_ThatIsSpentInARound_StopsTheLoop()
    {
        using ToolGateway tools = Limited(0.0102, price: 0.01);
        tools.Says("chat", false, Call);

        ClientCall call = await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal((429, "insufficient_quota", "false"), (call.Status, call.Error("code"), call.Header("x-should-retry")));
        Assert.Contains("Tools have run", call.Text, StringComparison.Ordinal);
        Assert.Single(tools.Servers.Calls);
        Assert.Single(tools.Upstream.Seen);
    }

    /// <summary>
    /// Both runs would fit, and so would the answer by itself: what they find could be told to nobody. The yes is good
    /// for another time.
    /// </summary>
    [Fact]
    public async Task ApprovedRuns_AreHeldOfABudget_BeforeTheRequestIsTried()
    {
        var store = new SharedSessions();
        TestLedger? ledger = null;
        using var free = new ToolGateway(
            server: Approvals.Asks, configure: services => services.AddSingleton<ISessionStore>(store));
        free.Says("claude", false, new Said(
            "", ("call_1", "search", """{"q":"a"}"""), ("call_2", "search", """{"q":"b"}""")));
        ClientCall told = await free.Gateway.SendAsync(
            GatewayEndpoints.Responses, OfClaude([ToolGateway.User("Is it so?")]));
        JsonArray yes = Approvals.Yes("Is it so?", told.Json["output"]!.AsArray());
        using var poor = new ToolGateway(
            server: Approvals.Asks + ", price: 0.5",
            limits: "limits:\n  - { name: house, per: all, budget: { usd: 1.0002, per: day } }",
            configure: services => services.AddSingleton<ISessionStore>(store).AddSingleton<ILimitLedger>(
                provider => ledger = new TestLedger(provider.GetRequiredService<TimeProvider>())));

        ClientCall refused = await poor.Gateway.SendAsync(GatewayEndpoints.Responses, OfClaude(yes));

        Assert.Equal((429, "insufficient_quota"), (refused.Status, refused.Error("code")));
        Assert.Empty(poor.Servers.Calls);
        Assert.Empty(poor.Upstream.Seen);
        Assert.Equal((0, 0), (ledger!.Reserved, ledger.Used("house", LimitMeasure.Money)));
        free.Says("claude", false, Last);
        ClientCall later = await free.Gateway.SendAsync(GatewayEndpoints.Responses, OfClaude(yes));
        Assert.True(later.Status == 200, later.Text);
        Assert.Equal(2, free.Servers.Calls.Count);
    }

    private static string OfClaude(JsonArray turns) =>
        Approvals.Body(turns).Replace("\"house\"", "\"claude\"", StringComparison.Ordinal);

    private static ToolGateway Limited(double budget, double price) => new(
        server: FormattableString.Invariant($", price: {price}"),
        limits: FormattableString.Invariant(
            $"limits:\n  - {{ name: house, per: all, budget: {{ usd: {budget}, per: day }} }}"),
        configure: services => services.AddSingleton<ILimitLedger>(
            provider => new TestLedger(provider.GetRequiredService<TimeProvider>())));
}
