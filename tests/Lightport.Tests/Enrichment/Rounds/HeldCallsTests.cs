using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Enrichment.Rounds;
using Lightport.Tests.Exchanges;
using Lightport.Transport.Body;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>
/// A client that sees no runs waits for its own calls until it is known whether the gateway runs others beside them,
/// and no longer; for nothing else does it wait.
/// </summary>
public sealed class HeldCallsTests
{
    private const string Own =
        """[{"type":"function","function":{"name":"ring","parameters":{"type":"object","properties":{}}}}]""";

    private static readonly string Words = Chunk("""{"content":"Wait."}""");
    private static readonly string Ring = Begins(0, "k0", "ring", """{\"n\":""");
    private static readonly string RingEnds = GoesOn(0, "1}");
    private static readonly string Search = Begins(1, "k1", "search", "{}");
    private static readonly string RingAgain = Begins(2, "k2", "ring", """{\"n\":""");

    private static readonly string Finish = Chunk("{}", "\"tool_calls\"") + "data: [DONE]\n\n";

    [Fact]
    public async Task Call_IsHeld_WhileWordsGoOn_UntilOneOfTheGatewaysBegins_AndLaterOnesComeAsTheyAreMade()
    {
        using var tools = new ToolGateway();
        var body = new ScriptedBody();
        tools.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = Start(tools);

        await TellAsync(body, Ring + Words);
        string held = call.Text;
        await TellAsync(body, Search);
        string known = call.Text[held.Length..];
        await TellAsync(body, RingAgain);
        string later = call.Text[(held.Length + known.Length)..];
        body.Tell(GoesOn(2, "1}") + Finish).End();
        await call.Done;

        Assert.Contains("Wait.", held, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_calls", held, StringComparison.Ordinal);
        Assert.Equal([("lpmix_k0", "ring", ""), (null, null, """{"n":""")], Calls(known));
        Assert.Equal([("lpmix_k2", "ring", ""), (null, null, """{"n":""")], Calls(later));
        Assert.Single(tools.Servers.Calls);
    }

    [Fact]
    public async Task Call_BesideWhichNothingIsRun_IsToldPlain_WhenTheModelHasEnded()
    {
        using var tools = new ToolGateway();
        var body = new ScriptedBody();
        tools.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = Start(tools);

        await TellAsync(body, Ring + Words);
        string held = call.Text;
        body.Tell(RingEnds + Finish).End();
        await call.Done;

        Assert.DoesNotContain("tool_calls", held, StringComparison.Ordinal);
        Assert.Equal(
            [("k0", "ring", ""), (null, null, """{"n":"""), (null, null, "1}")], Calls(call.Text[held.Length..]));
    }

    /// <summary>Nothing of the gateway's can stand beside the call, and so it waits for nothing.</summary>
    [Theory]
    [InlineData(",\"tool_choice\":\"none\"")]
    [InlineData(",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"ring\"}}")]
    public async Task Call_IsNotHeld_WhereTheRequestLetsNoneOfTheGatewaysBeRun(string choice)
    {
        using var tools = new ToolGateway();
        await AssertNotHeldAsync(tools, "house", choice);
    }

    [Fact]
    public async Task Call_IsNotHeld_WhereTheRouteHasContextAlone()
    {
        using var tools = new ToolGateway(
            limits: "  told: { targets: [loose/llama], context: [manner] }\ncontext: { manner: { text: Be brief. } }");
        await AssertNotHeldAsync(tools, "told", "");
    }

    /// <summary>A client may take what comes behind an error for a call to be made.</summary>
    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task Call_OfAnAnswerThatBreaks_IsNeverTold(string dialect)
    {
        using var tools = new ToolGateway();
        var body = new ScriptedBody();
        tools.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = dialect == "chat"
            ? Start(tools)
            : tools.Gateway.Start(
                GatewayEndpoints.Messages,
                """{"model":"house","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Ring."}]}""");

        await TellAsync(body, Words + (dialect == "chat" ? Ring : Begins(0, "k0", "search", "{}")));
        body.Break();
        await call.Done;

        Assert.Contains("error", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("k0", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("mcp_tool_use", call.Text, StringComparison.Ordinal);
        Assert.Empty(tools.Servers.Calls);
    }

    /// <summary>A provider may give more answers than it was asked for.</summary>
    [Fact]
    public async Task SecondAnswer_ThatNobodyAskedFor_IsLeftOut_AndNothingOfItIsRun()
    {
        using var tools = new ToolGateway();
        string search = Begins(0, "k0", "search", "{}");
        tools.Upstream.Answer(ScriptedResponse.Events(
            search + search.Replace("\"choices\":[{\"index\":0", "\"choices\":[{\"index\":1", StringComparison.Ordinal)
            + Finish));
        tools.Says("house", true, new ToolWire.Said("It is so."));
        ClientCall call = Start(tools);
        await call.Done;

        Assert.Equal("It is so.", (string?)ChatAnswer.Message(call, true)["content"]);
        Assert.Single(tools.Servers.Calls);
    }

    /// <summary>What is gathered of a round is as long at most as a whole answer may be.</summary>
    [Fact]
    public void Round_ThatNeverEnds_IsABadAnswer()
    {
        var turn = new RoundTurn(0, _ => { });
        var piece = new StreamEvent.ToolCallDelta(7, new string('x', 1024 * 1024));
        for (int i = 0; i < 99; i++)
        {
            turn.Add(piece);
        }

        GatewayException thrown = Assert.Throws<GatewayException>(() =>
        {
            turn.Add(piece);
            turn.Add(piece);
        });

        Assert.Equal(502, thrown.Error.Status);
    }

    /// <summary>However many rounds are gathered at once, they take no more memory than there is for bodies.</summary>
    [Fact]
    public async Task Call_ThatIsHeld_TakesOfTheMemoryForBodies_AndNoMore()
    {
        var budget = new BodyBudget(24 * 1024 * 1024);
        using var tools = new ToolGateway(budget: budget);
        string piece = GoesOn(0, new string('x', 512 * 1024));
        tools.Upstream.Answer(ScriptedResponse.Events(Ring + string.Concat(Enumerable.Repeat(piece, 24)) + Finish));
        ClientCall call = Start(tools);
        await call.Done;

        Assert.Contains(
            "The gateway's memory for request and response bodies is in use", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("k0", call.Text, StringComparison.Ordinal);
    }

    private static async Task AssertNotHeldAsync(ToolGateway tools, string model, string more)
    {
        var body = new ScriptedBody();
        tools.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = Start(tools, model, more);

        await TellAsync(body, Ring);
        string told = call.Text;
        body.Tell(RingEnds + Finish).End();
        await call.Done;

        Assert.Equal([("k0", "ring", ""), (null, null, """{"n":""")], Calls(told));
    }

    private static ClientCall Start(ToolGateway tools, string model = "house", string more = "") =>
        tools.Gateway.Start(
            GatewayEndpoints.ChatCompletions,
            $$"""
            {"model":"{{model}}","stream":true,"messages":[{"role":"user","content":"Ring."}],"tools":{{Own}}{{more}}}
            """);

    private static string Begins(int index, string id, string tool, string arguments) => Chunk($$$"""
        {"tool_calls":[{"index":{{{index}}},"id":"{{{id}}}","type":"function",
         "function":{"name":"{{{tool}}}","arguments":"{{{arguments}}}"}}]}
        """);

    private static string GoesOn(int index, string arguments) => Chunk(
        $$$"""{"tool_calls":[{"index":{{{index}}},"function":{"arguments":"{{{arguments}}}"}}]}""");

    private static string Chunk(string delta, string finish = "null")
    {
        string choice = $$"""{"index":0,"delta":{{delta}},"finish_reason":{{finish}}}""";
        return $$"""
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{{choice}}]}
            """.ReplaceLineEndings("") + "\n\n";
    }

    /// <summary>Ends when the gateway has read it, and told of it what it tells.</summary>
    private static async Task TellAsync(ScriptedBody body, string text)
    {
        body.Tell(text);
        await body.Hungry;
    }

    private static IEnumerable<(string? Id, string? Name, string? Arguments)> Calls(string text) => text
        .Split('\n')
        .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
        .Select(line => JsonNode.Parse(line[6..])!["choices"]!.AsArray())
        .Where(choices => choices.Count > 0)
        .SelectMany(choices => choices[0]!["delta"]!["tool_calls"]?.AsArray() ?? [])
        .Select(call => (
            (string?)call!["id"], (string?)call["function"]!["name"], (string?)call["function"]!["arguments"]));
}
