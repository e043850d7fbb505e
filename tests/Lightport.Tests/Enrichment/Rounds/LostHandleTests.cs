using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>
/// Whatever the order in which a model calls its client's tools and the gateway's: where the session is lost, a client
/// that does not see runs is refused if there were any in the turn, and only then; nothing is run twice.
/// </summary>
public sealed class LostHandleTests
{
    private static readonly Said Last = new("It is so.");

    /// <summary>Up to three calls of a round, one of the client's (c) at least; others are the gateway's (g).</summary>
    private static readonly string[] Orders =
        ["c", "cc", "cg", "gc", "ccc", "ccg", "cgc", "gcc", "cgg", "gcg", "ggc"];

    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, bool>();
            foreach (string client in ToolClient.All.Keys)
            {
                foreach (string model in ToolWire.All.Keys)
                {
                    if (client is "responses" or "interactions" && model is "chat" or "gemini")
                    {
                        // OpenAI and Google hear these, too, and are asked by them.
                        continue;
                    }

                    pairs.Add(client, model, false);
                    pairs.Add(client, model, true);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task LostSession_IsRefused_WhereTheGatewayHasRunSomething_AndNothingIsRunTwice(
        string dialect, string model, bool streams)
    {
        var store = new ForgettableSessions();
        using ToolGateway tools = Create(store);
        ToolClient client = ToolClient.All[dialect];
        foreach (string before in (string[])["", "g"])
        {
            foreach (string order in Orders)
            {
                foreach (bool isLost in (bool[])[false, true])
                {
                    await AnswerAsync(tools, client, model, streams, before, order, isLost ? store.Forget : null);
                }
            }
        }
    }

    private static async Task AnswerAsync(
        ToolGateway tools, ToolClient client, string model, bool streams, string before, string order, Action? lose)
    {
        string what = $"{before}|{order}{(lose is null ? "" : " lost")}";
        int run = tools.Servers.Calls.Count + what.Split(' ')[0].Count(call => call == 'g');
        bool isRefused = lose is not null && !client.SeesRuns && what.Contains('g', StringComparison.Ordinal);
        if (before.Length > 0)
        {
            tools.Says(model, streams, Round("First. ", "b", before));
        }

        tools.Says(model, streams, Round("Both. ", "k", order));
        JsonArray turns = [client.User(what)];
        ClientCall call = await client.SendAsync(tools, model, streams, turns);
        IReadOnlyList<string> ids = client.Add(turns, call, streams);

        Assert.Equal((what, 200), (what, call.Status));
        Assert.Equal((what, order.Count(one => one == 'c')), (what, ids.Count));
        Assert.Equal((what, run), (what, tools.Servers.Calls.Count));
        lose?.Invoke();
        int asked = tools.Upstream.Seen.Count;
        if (!isRefused)
        {
            tools.Says(model, streams, Last);
        }

        ClientCall next = await client.SendAsync(tools, model, streams, turns);

        Assert.Equal((what, run), (what, tools.Servers.Calls.Count));
        if (isRefused)
        {
            Assert.Equal((what, 409, asked), (what, next.Status, tools.Upstream.Seen.Count));
            Assert.Contains("Nothing was run again", next.Text, StringComparison.Ordinal);
            if (client is GeminiToolClient)
            {
                Assert.Contains("\"field\":\"contents\"", next.Text, StringComparison.Ordinal);
            }

            return;
        }

        Assert.Equal((what, 200), (what, next.Status));
        Assert.Contains("It is so.", next.Text, StringComparison.Ordinal);
        string said = tools.Upstream.Last.Body;
        Assert.Equal((what, ids.Count), (what, said.Split("Rang.").Length - 1));
        Assert.Equal(
            (what, before.Length + order.Count(one => one == 'g')), (what, said.Split("search of").Length - 1));
        Assert.DoesNotContain("lpmix_", said, StringComparison.Ordinal);
    }

    /// <summary>No run stands beside the call, but its turn has had one, and would be another without it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LaterCall_OfATurnThatHasHadARun_IsMarked_ThoughNothingIsRunInItsAnswer(bool streams)
    {
        var store = new ForgettableSessions();
        using ToolGateway tools = Create(store);
        ToolClient client = ToolClient.All["chat"];
        tools.Says("house", streams, Round("Both. ", "a", "gc"), Round("Again. ", "b", "c"));
        JsonArray turns = [client.User("Ring, look, ring.")];
        client.Add(turns, await client.SendAsync(tools, "house", streams, turns), streams);

        IReadOnlyList<string> ids = client.Add(
            turns, await client.SendAsync(tools, "house", streams, turns), streams);
        store.Forget();
        ClientCall next = await client.SendAsync(tools, "house", streams, turns);

        Assert.Equal(["lpmix_b0"], ids);
        Assert.Equal((409, "lost_tool_session"), (next.Status, next.Error("code")));
        Assert.Equal("false", next.Header("x-should-retry"));
        Assert.Single(tools.Servers.Calls);
    }

    /// <summary>A turn that is over waits for nothing: without what is lost of it the conversation goes on.</summary>
    [Theory]
    [InlineData("chat")]
    [InlineData("gemini")]
    public async Task LostSession_OfATurnThatIsOver_IsTold_AndTheConversationGoesOn(string dialect)
    {
        var store = new ForgettableSessions();
        using ToolGateway tools = Create(store);
        ToolClient client = ToolClient.All[dialect];
        tools.Says("house", false, Round("Both. ", "a", "gc"), Last, new Said("Yes."));
        JsonArray turns = [client.User("Ring, and look.")];
        client.Add(turns, await client.SendAsync(tools, "house", false, turns), false);
        client.Add(turns, await client.SendAsync(tools, "house", false, turns), false);
        turns.Add(client.User("Sure?"));
        store.Forget();

        ClientCall next = await client.SendAsync(tools, "house", false, turns);

        Assert.Equal(200, next.Status);
        Assert.Contains("session", next.Header("x-lightport-answer-dropped") ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("lpmix_", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Contains("Rang.", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Single(tools.Servers.Calls);
    }

    private static ToolGateway Create(ForgettableSessions store) =>
        new(configure: services => services.AddSingleton<ISessionStore>(store));

    private static Said Round(string words, string id, string order) => new(
        words,
        [
            .. order.Select((call, place) => (
                string.Create(CultureInfo.InvariantCulture, $"{id}{place}"),
                call == 'c' ? "ring" : "search",
                string.Create(CultureInfo.InvariantCulture, $$"""{"q":"{{id}}{{place}}"}"""))),
        ]);
}
