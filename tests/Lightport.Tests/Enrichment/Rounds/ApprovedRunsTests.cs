using System.Text.Json.Nodes;
using Lightport.Admission;
using Lightport.Limits;
using Lightport.Mcp;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Exchanges.Limits;
using Microsoft.Extensions.DependencyInjection;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A yes of a client's is good for one run, for a request that can be answered.</summary>
public sealed class ApprovedRunsTests
{
    private static readonly Said Call = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    [Theory]
    [InlineData("Is it so?")]
    [InlineData("Something else.")]
    public async Task Answer_ThatComesAgain_GetsTheKeptResult_InWhateverConversation(string words)
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        tools.Says("house", false, Last, Last);

        ClientCall first = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked));
        ClientCall second = await Approvals.SendAsync(tools, Approvals.Yes(words, asked));

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Single(tools.Servers.Calls);
        Assert.Contains("search of", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Equal(Approvals.ResultOf(first), Approvals.ResultOf(second));
    }

    /// <summary>A yes does not lift what its request bounds, and is good for another that does not.</summary>
    [Fact]
    public async Task Answer_OfARequestThatLetsNoToolsBeRun_RunsNothing()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        tools.Says("house", false, Last, Last);
        string body = Approvals.Body(Approvals.Yes("Is it so?", asked));

        ClientCall none = await tools.Gateway.SendAsync(
            GatewayEndpoints.Responses, $"{body[..^1]},\"max_tool_calls\":0}}");
        int runs = tools.Servers.Calls.Count;
        ClientCall one = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked));

        Assert.Equal((200, 200), (none.Status, one.Status));
        Assert.Equal((0, 1), (runs, tools.Servers.Calls.Count));
        Assert.Contains("lets no more tools be run", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OfAnotherKey_Is400()
    {
        const string First = "key-of-the-first-0123456789";
        const string Second = "key-of-the-second-0123456789";
        using var tools = new ToolGateway(server: Approvals.Asks, limits: $$"""
            keys:
              - { name: first, sha256: "{{KeyHash.Of(First)}}" }
              - { name: second, sha256: "{{KeyHash.Of(Second)}}" }
            """);
        JsonArray asked = await Approvals.AskAsync(tools, Call, First);

        ClientCall other = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked), Second);

        Assert.Equal((400, "invalid_seal"), (other.Status, other.Error("code")));
        Assert.Empty(tools.Servers.Calls);
    }

    [Fact]
    public async Task Answer_ThatComesWhileItsCallRuns_Is409()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource<McpOutcome>();
        tools.Servers.Answer = (_, _, _) =>
        {
            begun.SetResult();
            return end.Task;
        };
        tools.Says("house", false, Last);
        ClientCall first = tools.Gateway.Start(
            GatewayEndpoints.Responses, Approvals.Body(Approvals.Yes("Is it so?", asked)));
        await begun.Task;

        ClientCall second = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked));
        ClientCall no = await Approvals.SendAsync(tools, Approvals.No("Is it so?", asked));
        end.SetResult(FakeMcpServers.Text("found"));
        await first.Done;

        Assert.Equal((409, "mcp_approval_running"), (second.Status, second.Error("code")));
        Assert.Equal((409, "mcp_approval_running"), (no.Status, no.Error("code")));
        Assert.Equal(200, first.Status);
        Assert.Single(tools.Servers.Calls);
    }

    /// <summary>"It was not run" would be untrue.</summary>
    [Fact]
    public async Task No_ToACallThatAnEarlierYesHasRun_GetsTheKeptResult()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        tools.Says("house", false, Last, Last);

        ClientCall yes = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked));
        ClientCall no = await Approvals.SendAsync(tools, Approvals.No("Is it so?", asked));

        Assert.Equal((200, 200), (yes.Status, no.Status));
        Assert.Single(tools.Servers.Calls);
        Assert.Contains("search of", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("did not approve", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Equal(Approvals.ResultOf(yes), Approvals.ResultOf(no));
    }

    [Fact]
    public async Task No_ToACallThatNobodyHasApproved_IsToldToTheModel()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        tools.Says("house", false, Last);

        ClientCall no = await Approvals.SendAsync(tools, Approvals.No("Is it so?", asked));

        Assert.Equal(200, no.Status);
        Assert.Empty(tools.Servers.Calls);
        Assert.Contains("did not approve", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task YesAndNo_InOneRequest_AreA400_AndNothingIsRun()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        JsonArray both = Approvals.Yes("Is it so?", asked);
        both.Add(Approvals.No("", asked)[^1]!.DeepClone());

        ClientCall call = await Approvals.SendAsync(tools, both);

        Assert.Equal((400, "mcp_approval_answered_twice"), (call.Status, call.Error("code")));
        Assert.Empty(tools.Servers.Calls);
    }

    [Fact]
    public async Task Store_ThatIsAway_Is503_AndNothingIsRun()
    {
        using var tools = new ToolGateway(
            server: Approvals.Asks, configure: services => services.AddSingleton<ISessionStore>(new AwaySessions()));
        JsonArray asked = await Approvals.AskAsync(tools, Call);

        ClientCall call = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked));

        Assert.Equal((503, "session_store_unavailable"), (call.Status, call.Error("code")));
        Assert.Empty(tools.Servers.Calls);
        Assert.Null(call.Header("x-should-retry"));
    }

    [Fact]
    public async Task Request_ThatALimitRefuses_RunsNothing()
    {
        var store = new SharedSessions();
        using var free = new ToolGateway(
            server: Approvals.Asks, configure: services => services.AddSingleton<ISessionStore>(store));
        JsonArray asked = await Approvals.AskAsync(free, Call);
        using var limited = new ToolGateway(
            server: Approvals.Asks,
            limits: "limits:\n  - { name: house, per: all, tokens-per-minute: 1 }",
            configure: services => services.AddSingleton<ISessionStore>(store).AddSingleton<ILimitLedger>(
                provider => new TestLedger(provider.GetRequiredService<TimeProvider>())));

        ClientCall call = await Approvals.SendAsync(limited, Approvals.Yes("Is it so?", asked));

        Assert.Equal(429, call.Status);
        Assert.Empty(limited.Servers.Calls);
    }

    [Fact]
    public async Task Request_WithAToolsetThatCannotBeHad_RunsNothing()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        JsonNode elsewhere = JsonNode.Parse(
            """{"type":"mcp","server_label":"other","server_url":"https://other.example/mcp"}""")!;

        ClientCall call = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked), tools: [elsewhere]);

        Assert.Equal(400, call.Status);
        Assert.Empty(tools.Servers.Calls);
    }

    [Fact]
    public async Task Approvals_ThatAreTooMany_RunNothing()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(
            tools, new Said("", [.. Enumerable.Range(0, 65).Select(number => ($"call_{number}", "search", "{}"))]));

        ClientCall call = await Approvals.SendAsync(tools, Approvals.Yes("Is it so?", asked));

        Assert.Equal((400, "too_many_approvals"), (call.Status, call.Error("code")));
        Assert.Empty(tools.Servers.Calls);
    }

    [Fact]
    public async Task Run_ThatTakesLongerThanRoundsTime_IsEnded()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(tools, Call);
        var begun = new TaskCompletionSource();
        tools.Servers.Answer = async (_, _, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException("The wait is endless.");
        };
        tools.Says("house", false, Last);
        ClientCall call = tools.Gateway.Start(
            GatewayEndpoints.Responses, Approvals.Body(Approvals.Yes("Is it so?", asked)));
        await begun.Task;

        tools.Gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await call.Done;

        Assert.Equal(200, call.Status);
        Assert.Contains("time for tools was up", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Error_AfterToolsHaveRun_SaysSo_AndThatItShouldNotBeRetried(int status)
    {
        using var tools = new ToolGateway();
        tools.Says("house", false, Call);
        tools.Upstream.Answer(
            new ScriptedResponse(status, null, Stream.Null) { Fields = { ["x-should-retry"] = "true" } });

        ClientCall after = await Approvals.SendAsync(tools, [ToolGateway.User("Is it so?")]);
        using var fresh = new ToolGateway();
        fresh.Upstream.Answer(new ScriptedResponse(status, null, Stream.Null));
        ClientCall before = await Approvals.SendAsync(fresh, [ToolGateway.User("Is it so?")]);

        Assert.Equal((status, "false"), (after.Status, after.Header("x-should-retry")));
        Assert.Contains("Tools have run", after.Error("message"), StringComparison.Ordinal);
        Assert.Null(before.Header("x-should-retry"));
        Assert.DoesNotContain("Tools have run", before.Error("message"), StringComparison.Ordinal);
    }
}
