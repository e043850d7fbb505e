using System.Text.Json;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Storage;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Memory;

public sealed class SessionMemoryTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Caller Team = new("team", "k1");

    private static readonly Message Asked = new(Role.User, [new TextPart("How warm is it in Bonn?")]);

    private static readonly Message Answer = new(
        Role.Assistant,
        [
            new ReasoningPart("Let me look."),
            new TextPart("I shall ask."),
            new ToolCallPart("call_1", "weather", """{"city":"Bonn","days":1}"""),
        ]);

    private static readonly Message Result = new(
        Role.Tool, [new ToolResultPart("call_1", [new TextPart("21 °C")])]);

    private static readonly Session Put = new()
    {
        Insertions = [new Insertion(0, [new Message(Role.System, [new TextPart("Be brief.")])])],
        Tools = [new ToolDefinition("search")],
    };

    private readonly ManualTimeProvider _clock = new();
    private readonly SessionMemory _memory;

    public SessionMemoryTests() =>
        _memory = new SessionMemory(new MemorySessionStore(_clock), _clock, SessionMemory.UsualLifetime);

    [Fact]
    public async Task Session_OfTurnsThatComeBack_IsFound()
    {
        Assert.True(await _memory.KeepAsync(Team, Request(Asked), Answer, Put, None));

        Session found = await _memory.FindAsync(Team, Request(Asked, Answer, Result), None);

        Assert.Equal(SessionJson.Write(Put with { Told = 2 }), SessionJson.Write(found));
    }

    /// <summary>The client begins the next answer itself, or has the last one go on.</summary>
    [Fact]
    public async Task Session_OfATurnThatItsClientBegins_IsFound()
    {
        await _memory.KeepAsync(Team, Request(Asked), Answer, Put, None);
        Message begun = new(Role.Assistant, [new TextPart("It is")]);
        Message again = new(Role.User, [new TextPart("And now?")]);

        Assert.Single((await _memory.FindAsync(Team, Request(Asked, Answer, again, begun), None)).Tools);
        Assert.Single((await _memory.FindAsync(Team, Request(Asked, Answer), None)).Tools);
        Assert.Same(Session.Empty, await _memory.FindAsync(Team, Request(Asked, begun), None));
    }

    [Fact]
    public async Task Question_OfAnAnswer_IsTheSame_ByWhateverIdItsClientIsTold()
    {
        var asked = new McpApprovalRequestPart("call_1", "docs", "search", "{}")
        {
            Made = new ToolCallPart("call_1", "search", "{}"),
        };
        await _memory.KeepAsync(Team, Request(Asked), new Message(Role.Assistant, [asked]), Put, None);

        Message told = new(Role.Assistant, [asked with { ApprovalId = "mcpr_sealed" }]);

        Assert.Single((await _memory.FindAsync(Team, Request(Asked, told), None)).Tools);
    }

    /// <summary>Without thoughts, in other parts and turns, trimmed, marked, and with arguments written anew.</summary>
    [Fact]
    public async Task Session_OfTurnsThatAreSaidAnew_IsFound()
    {
        var spaced = Answer with { Parts = [new TextPart("\nI shall ask. "), Answer.Parts[2]] };
        await _memory.KeepAsync(Team, Request(Asked), spaced, Put, None);
        Message[] anew =
        [
            new(Role.User, [new TextPart("How warm is "), new TextPart("it in Bonn?") { Cache = new CacheControl() }]),
            new(Role.Assistant, [new TextPart("I shall"), new TextPart(" ask.")]),
            new(
                Role.Assistant,
                [
                    new ToolCallPart("call_1", "weather", """{ "days": 1.0, "city": "B\u006fnn" }""")
                    {
                        Extensions = [new Extension("index", JsonElement.Parse("0"))],
                    },
                ]),
            Result,
        ];

        Assert.Single((await _memory.FindAsync(Team, Request(anew), None)).Tools);
    }

    public static TheoryData<string> Changes { get; } =
        ["caller", "question", "answer", "arguments", "call", "result", "system", "user", "picture"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Session_OfOtherTurns_IsNotFound(string change)
    {
        Message later = new(Role.Assistant, [new TextPart("It is warm.")]);
        await _memory.KeepAsync(Team, Request(Asked, Answer, Result), later, Put, None);
        var call = (ToolCallPart)Answer.Parts[2];
        Message[] turns = [Asked, Answer, Result, later];
        Caller caller = Team;
        ChatRequest request = Request(turns);
        Assert.NotSame(Session.Empty, await _memory.FindAsync(Team, request, None));
        switch (change)
        {
            case "caller":
                caller = new Caller("team", "k2");
                break;
            case "user":
                request = request with { Options = new GenerationOptions { User = "eve" } };
                break;
            case "question":
                turns[0] = new Message(Role.User, [new TextPart("How warm is it in Berlin?")]);
                break;
            case "picture":
                var picture = new ImagePart(MediaSource.FromUrl("https://a.example"));
                turns[0] = Asked with { Parts = [.. Asked.Parts, picture] };
                break;
            case "answer":
                turns[3] = new Message(Role.Assistant, [new TextPart("It is cold.")]);
                break;
            case "arguments":
                turns[1] = new Message(
                    Role.Assistant, [Answer.Parts[1], call with { Arguments = """{"city":"Bonn","days":2}""" }]);
                break;
            case "call":
                turns[1] = new Message(Role.Assistant, [Answer.Parts[1], call with { CallId = "call_2" }]);
                break;
            case "result":
                turns[2] = new Message(Role.Tool, [new ToolResultPart("call_1", [new TextPart("2 °C")])]);
                break;
            default:
                turns = [new Message(Role.System, [new TextPart("You serve Alice.")]), .. turns];
                break;
        }

        Session found = await _memory.FindAsync(caller, request with { Messages = turns }, None);

        Assert.Same(Session.Empty, found);
    }

    [Fact]
    public async Task Conversation_ThatBegins_AsksNoStore()
    {
        var memory = new SessionMemory(new FailingSessions(), _clock, SessionMemory.UsualLifetime);

        Assert.Same(Session.Empty, await memory.FindAsync(Team, Request(Asked), None));
    }

    [Fact]
    public async Task Store_ThatIsAway_IsToldAsSuch()
    {
        var memory = new SessionMemory(new FailingSessions(), _clock, SessionMemory.UsualLifetime);

        await Assert.ThrowsAsync<StoreException>(
            async () => await memory.FindAsync(Team, Request(Asked, Answer), None));
        await Assert.ThrowsAsync<StoreException>(
            async () => await memory.KeepAsync(Team, Request(Asked), Answer, Put, None));
    }

    [Fact]
    public async Task Session_LivesUntilItsTimeIsOver()
    {
        await _memory.KeepAsync(Team, Request(Asked), Answer, Put, None);
        _clock.Advance(SessionMemory.UsualLifetime - TimeSpan.FromSeconds(1));
        Assert.Single((await _memory.FindAsync(Team, Request(Asked, Answer), None)).Tools);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(Session.Empty, await _memory.FindAsync(Team, Request(Asked, Answer), None));
    }

    [Fact]
    public async Task Session_TooLong_IsNotKept()
    {
        var text = new TextPart(new string('x', SessionMemory.LongestSession));
        var session = new Session { Insertions = [new Insertion(0, [new Message(Role.System, [text])])] };

        Assert.False(await _memory.KeepAsync(Team, Request(Asked), Answer, session, None));
        Assert.Same(Session.Empty, await _memory.FindAsync(Team, Request(Asked, Answer), None));
    }

    private static ChatRequest Request(params Message[] messages) =>
        new() { Model = "m", Dialect = "openai-chat", Messages = messages };

    private sealed class FailingSessions : ISessionStore
    {
        public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken) =>
            throw new StoreException(StoreFailure.Unavailable, "away");

        public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken) =>
            throw new StoreException(StoreFailure.Unavailable, "away");

        public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
            throw new StoreException(StoreFailure.Unavailable, "away");
    }
}
