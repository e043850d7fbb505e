using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Rounds;
using Lightport.Enrichment.Tools;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>Runs that a client brings back become the turns that the provider was told.</summary>
public sealed class ToldHistoryTests
{
    private static readonly Message Asked = new(Role.User, [new TextPart("Is it so?")]);

    [Fact]
    public void Rounds_AreTurns_HoweverTheirResultsStand()
    {
        ContentPart[] asItems =
        [
            new TextPart("Look. "), Call("a", 0), Result("a"), Call("b", 0), Result("b"), Call("c", 1), Result("c"),
            new TextPart("Yes."),
        ];
        ContentPart[] asBlocks =
        [
            new TextPart("Look. "), Call("a", 0), Call("b", 0), Result("b"), Result("a"), Call("c", 1), Result("c"),
            new TextPart("Yes."),
        ];

        string items = Say(Asked, new Message(Role.Assistant, asItems));

        Assert.Equal(
            "User: Is it so? | Assistant: Look. call(a search) call(b search) | Tool: result(a) result(b) "
            + "| Assistant: call(c search) | Tool: result(c) | Assistant: Yes.",
            items);
        Assert.Equal(items, Say(Asked, new Message(Role.Assistant, asBlocks)));
        Assert.Equal(items, Say([Asked, .. asItems.Select(part => new Message(Role.Assistant, [part]))]));
    }

    [Fact]
    public void WordsBetweenTwoCallsOfARound_StayThere() => Assert.Equal(
        "Assistant: call(a search) And: call(b search) | Tool: result(a) result(b) | Assistant: Yes.",
        Say(new Message(
            Role.Assistant,
            [Call("a", 0), Result("a"), new TextPart("And: "), Call("b", 0), Result("b"), new TextPart("Yes.")])));

    [Fact]
    public void ClientsCall_BesideTheGateways_IsOfTheSameTurn() => Assert.Equal(
        "Assistant: call(a search) call(own ring) | Tool: result(a) | Tool: result(own)",
        Say(
            new Message(
                Role.Assistant, [Call("a", 0), new ToolCallPart("own", "ring", "{}"), Result("a")]),
            new Message(Role.Tool, [new ToolResultPart("own", [])])));

    [Fact]
    public void WordsBehindTheLastCallOfARound_StayThere_WhereTheirIdSaysSo() => Assert.Equal(
        "Assistant: call(a search) And: | Tool: result(a) | Assistant: Yes.",
        Say(new Message(
            Role.Assistant,
            [Call("a", 0), Result("a"), new TextPart("And:") { Id = "msg_lptie_req_1" }, new TextPart("Yes.")])));

    /// <summary>Responses says a run and its result as one, so that only the id tells which round a call is of.</summary>
    [Theory]
    [InlineData("lptie_own", "call(a search) And: call(own ring) | Tool: result(a) | Tool: result(own)")]
    [InlineData("own", "call(a search) | Tool: result(a) | Assistant: And: call(own ring) | Tool: result(own)")]
    public void ClientsCall_BehindARunThatIsOver_IsOfItsOwnRound(string id, string said) => Assert.Equal(
        "Assistant: " + said,
        Say(
            new Message(
                Role.Assistant,
                [Call("a", 0), Result("a"), new TextPart("And: "), new ToolCallPart(id, "ring", "{}")]),
            new Message(Role.Tool, [new ToolResultPart(id, [])])));

    [Theory]
    [InlineData(true, "result(q)")]
    [InlineData(false, "failed(q: The user did not approve this call, and it was not run: Not now.)")]
    public void Question_HasItsResultInItsOwnTurn(bool approved, string result)
    {
        var messages = new List<Message>
        {
            Asked,
            new(Role.Assistant, [Call("a", 0), Result("a"), Question("q")]),
            new(Role.User, [new McpApprovalResponsePart("q", approved) { Reason = "Not now." }]),
        };
        if (approved)
        {
            messages.Add(new Message(
                Role.Assistant, [Call("q", 0) with { ApprovalId = "q" }, Result("q"), new TextPart("Yes.")]));
        }

        Assert.Equal(
            $"User: Is it so? | Assistant: call(a search) call(q search) | Tool: result(a) {result}"
            + (approved ? " | Assistant: Yes." : ""),
            Say([.. messages]));
    }

    [Fact]
    public void Question_ThatIsJustApproved_IsRun_AndOnlyThen()
    {
        Message[] asked = [Asked, new(Role.Assistant, [Question("q")])];
        Message yes = new(Role.User, [new McpApprovalResponsePart("q", true)]);

        Assert.Empty(new AskedRuns(asked).Approved);
        Assert.Equal("q", Assert.Single(new AskedRuns([.. asked, yes]).Approved).ApprovalId);
        Assert.Empty(new AskedRuns([.. asked, yes, new Message(Role.Assistant, [new TextPart("Well.")]), Asked]).Approved);
    }

    [Fact]
    public void Answer_ToNoQuestion_IsRefused()
    {
        var refused = Assert.Throws<GatewayException>(
            () => new AskedRuns([Asked, new Message(Role.User, [new McpApprovalResponsePart("forged", true)])]));

        Assert.Equal("mcp_approval_unknown", refused.Error.Code);
    }

    [Fact]
    public void Session_IsPutInAgain_InTheClientsTurnsPlace()
    {
        var session = new Session
        {
            Insertions =
            [
                new Insertion(0, [new Message(Role.System, [new TextPart("Be kind.")])]),
                new Insertion(1,
                [
                    new Message(Role.Assistant, [new ToolCallPart("a", "search", "{}")]),
                    new Message(Role.Tool, [new ToolResultPart("a", [])]),
                    new Message(Role.Assistant, [new TextPart("Yes.")]),
                ]) { Replaces = 1 },
            ],
        };
        Message[] turns = [Asked, new(Role.Assistant, [new TextPart("Look. Yes.")]), new(Role.User, [new TextPart("Sure?")])];

        Assert.Equal(
            "System: Be kind. | User: Is it so? | Assistant: call(a search) | Tool: result(a) | Assistant: Yes. "
            + "| User: Sure?",
            Text(ToldHistory.Of(
                SessionWeaver.Weave(new ChatRequest { Model = "m", Messages = turns, Dialect = "test" }, session).Messages,
                new ToolOffer([]),
                new AskedRuns(turns))));
    }

    private static McpCallPart Call(string id, int round) => new(id, "docs", "search", "{}")
    {
        Made = new ToolCallPart(id, "search", "{}"),
        Round = round,
    };

    private static McpResultPart Result(string id) => new(id, []);

    private static McpApprovalRequestPart Question(string id) => new(id, "docs", "search", "{}")
    {
        Made = new ToolCallPart(id, "search", "{}"),
    };

    private static string Say(params Message[] turns) =>
        Text(ToldHistory.Of(turns, new ToolOffer([]), new AskedRuns(turns)));

    private static string Text(IEnumerable<Message> turns) => string.Join(
        " | ",
        turns.Select(turn => $"{turn.Role}: {string.Join(' ', turn.Parts.Select(Text)).Replace("  ", " ", StringComparison.Ordinal)}"));

    private static string Text(ContentPart part) => part switch
    {
        TextPart text => text.Text,
        ToolCallPart call => $"call({call.CallId} {call.Name})",
        ToolResultPart { IsError: true } result =>
            $"failed({result.CallId}: {string.Concat(result.Parts.OfType<TextPart>().Select(text => text.Text))})",
        ToolResultPart result => $"result({result.CallId})",
        _ => $"{part}",
    };
}
