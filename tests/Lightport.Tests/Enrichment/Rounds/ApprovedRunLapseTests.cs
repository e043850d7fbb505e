using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Mcp;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>What becomes of an approved call when the instance that ran it is gone, or the question is old.</summary>
public sealed class ApprovedRunLapseTests
{
    private static readonly Said Call = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    /// <summary>Two calls of half a minute, which <c>rounds</c> allows, and what clocks may be apart.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WhoseInstanceDied_IsMadeAnewOnlyWhereItDoesNoHarm(bool isReadOnly)
    {
        var store = new SharedSessions();
        using ToolGateway dying = Gateway(store, isReadOnly);
        using ToolGateway other = Gateway(store, isReadOnly);
        JsonArray asked = await Approvals.AskAsync(dying, Call);
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource<McpOutcome>();
        dying.Servers.Answer = (_, _, _) =>
        {
            begun.SetResult();
            return end.Task;
        };
        dying.Says("house", false, Last);
        ClientCall lost = dying.Gateway.Start(
            GatewayEndpoints.Responses, Approvals.Body(Approvals.Yes("Is it so?", asked)));
        await begun.Task;

        other.Says("house", false, Last, Last);
        DateTimeOffset started = other.Gateway.Clock.GetUtcNow();
        ClientCall early = await Approvals.SendAsync(other, Approvals.Yes("Is it so?", asked));
        other.Gateway.Clock.Advance(LongestRun);
        ClientCall late = await Approvals.SendAsync(other, Approvals.Yes("Is it so?", asked));
        ClientCall again = await Approvals.SendAsync(other, Approvals.Yes("Is it so?", asked));
        end.SetResult(FakeMcpServers.Text("too late"));
        await lost.Done;

        Assert.Equal((409, "mcp_approval_running"), (early.Status, early.Error("code")));
        Assert.Equal("10", early.Header("retry-after"));
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"known by {started + LongestRun:yyyy-MM-dd'T'HH:mm:ss'Z'} at the latest"),
            early.Text,
            StringComparison.Ordinal);
        Assert.Equal((200, 200), (late.Status, again.Status));
        Assert.Equal(isReadOnly ? 1 : 0, other.Servers.Calls.Count);
        Assert.Contains(
            isReadOnly ? "search of" : "It is not known whether this call was run", late.Text, StringComparison.Ordinal);
        Assert.Equal(
            other.Upstream.Seen[0].Json["messages"]!.ToJsonString(),
            other.Upstream.Seen[1].Json["messages"]!.ToJsonString());
    }

    /// <summary>Whoever began it has at most the time that its server has for a call, and for that once more.</summary>
    [Theory]
    [InlineData("", 119, 409)]
    [InlineData("", 120, 200)]
    [InlineData(", timeout: 5s", 69, 409)]
    [InlineData(", timeout: 5s", 70, 200)]
    [InlineData(", timeout: 5m", 299, 409)]
    [InlineData(", timeout: 5m", 300, 200)]
    public async Task Run_WhoseInstanceDied_IsWaitedForNoLongerThanItCanTake(string timeout, int seconds, int status)
    {
        var store = new SharedSessions();
        using ToolGateway dying = Gateway(store, isReadOnly: false, timeout, "{ most: 5, time: 4m }");
        using ToolGateway other = Gateway(store, isReadOnly: false, timeout, "{ most: 5, time: 4m }");
        JsonArray asked = await Approvals.AskAsync(dying, Call);
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource<McpOutcome>();
        dying.Servers.Answer = (_, _, _) =>
        {
            begun.SetResult();
            return end.Task;
        };
        dying.Says("house", false, Last);
        ClientCall lost = dying.Gateway.Start(
            GatewayEndpoints.Responses, Approvals.Body(Approvals.Yes("Is it so?", asked)));
        await begun.Task;

        other.Says("house", false, Last);
        other.Gateway.Clock.Advance(TimeSpan.FromSeconds(seconds));
        ClientCall late = await Approvals.SendAsync(other, Approvals.Yes("Is it so?", asked));
        end.SetResult(FakeMcpServers.Text("too late"));
        await lost.Done;

        Assert.Equal(status, late.Status);
        Assert.Empty(other.Servers.Calls);
    }

    [Theory]
    [InlineData(24 * 60, "mcp_approval_expired")]
    [InlineData((24 * 60) - 1, "mcp_approval_expired")]
    [InlineData(-2, "mcp_approval_expired")]
    [InlineData((24 * 60) - 2, null)]
    public async Task Question_IsGoodWhileItsResultIsKept(int minutes, string? code)
    {
        var store = new SharedSessions();
        using ToolGateway asking = Gateway(store, isReadOnly: false);
        using ToolGateway answering = Gateway(store, isReadOnly: false);
        asking.Gateway.Clock.Advance(TimeSpan.FromMinutes(minutes < 0 ? -minutes : 0));
        JsonArray asked = await Approvals.AskAsync(asking, Call);
        answering.Says("house", false, Last);
        answering.Gateway.Clock.Advance(TimeSpan.FromMinutes(minutes < 0 ? 0 : minutes));

        ClientCall call = await Approvals.SendAsync(answering, Approvals.Yes("Is it so?", asked));

        Assert.Equal(code is null ? 200 : 400, call.Status);
        Assert.Equal(code is null ? 1 : 0, answering.Servers.Calls.Count);
        if (code is not null)
        {
            Assert.Equal((code, "approval_request_id"), (call.Error("code"), call.Error("param")));
        }
    }

    [Fact]
    public async Task Question_ThatIsOld_AndHasItsResultInTheHistory_IsHistory()
    {
        using var tools = new ToolGateway(server: Approvals.Asks);
        JsonArray turns = Approvals.Yes("Is it so?", await Approvals.AskAsync(tools, Call));
        tools.Says("house", false, Last, Last);
        ClientCall call = await Approvals.SendAsync(tools, turns);
        foreach (JsonNode? item in call.Json["output"]!.AsArray())
        {
            turns.Add(item!.DeepClone());
        }

        turns.Add(ToolGateway.User("Sure?"));
        tools.Gateway.Clock.Advance(TimeSpan.FromDays(3));
        ClientCall later = await Approvals.SendAsync(tools, turns);

        Assert.Equal(200, later.Status);
        Assert.Single(tools.Servers.Calls);
    }

    /// <summary>Nobody else knows what this process has run, so nobody else may be told yes.</summary>
    [Fact]
    public async Task Question_WhereNothingOutlivesTheProcess_IsThatProcesssAlone()
    {
        using var asking = new ToolGateway(server: Approvals.Asks);
        using var next = new ToolGateway(server: Approvals.Asks);
        JsonArray asked = await Approvals.AskAsync(asking, Call);

        ClientCall call = await Approvals.SendAsync(next, Approvals.Yes("Is it so?", asked));

        Assert.Equal((400, "invalid_seal"), (call.Status, call.Error("code")));
        Assert.Empty(next.Servers.Calls);
    }

    private static ToolGateway Gateway(
        ISessionStore store, bool isReadOnly, string server = "", string rounds = "{ most: 5, time: 1m }")
    {
        var tools = new ToolGateway(
            rounds,
            Approvals.Asks + server,
            configure: services => services.AddSingleton<ISessionStore>(store));
        tools.Servers.Tools["docs"] = [FakeMcpServers.Tool("search") with { IsReadOnly = isReadOnly }];
        return tools;
    }
}
