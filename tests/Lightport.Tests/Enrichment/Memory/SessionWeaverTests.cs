using System.Text.Json;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Enrichment.Choice;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Sources;
using Lightport.Mcp;
using Lightport.Storage;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Memory;

public sealed class SessionWeaverTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object"}""");

    [Fact]
    public void Pieces_StandBehindTheSystemsWords_AndBeforeTheUsersTurn()
    {
        ChatRequest request = Request([Said(Role.System, "Be kind."), Said(Role.User, "Hi"), Said(Role.User, "Hello?")]);
        Session session = SessionWeaver.Add(Session.Empty, request, Pieces("style", "now"));

        Assert.Equal(
            ["System:Be kind.", "System:style", "User:now", "User:Hi", "User:Hello?"],
            SessionWeaver.Weave(request, session).Messages.Select(Line));
    }

    [Fact]
    public void Results_OfATurnThatWasTold_GetNothingPutBeforeThem()
    {
        ChatRequest request = Request(
        [
            Said(Role.User, "Hi"),
            new Message(Role.Assistant, [new ToolCallPart("c", "t", "{}")]),
            new Message(Role.Tool, [new ToolResultPart("c", [])]),
        ]);

        Assert.Same(Session.Empty, SessionWeaver.Add(Session.Empty, request, Pieces(null, "now")));
    }

    [Fact]
    public void Answer_OfSeveralRounds_StandsInThePlaceOfWhatItsClientSaw()
    {
        Message[] rounds = [Said(Role.Assistant, "Let me look."), Said(Role.Tool, "21"), Said(Role.Assistant, "Warm.")];
        ChatRequest request = Request([Said(Role.User, "Hi"), Said(Role.Assistant, "Let me look.Warm."), Said(Role.User, "?")]);
        var session = new Session { Insertions = [new Insertion(1, rounds) { Replaces = 1 }] };

        Assert.Equal(
            ["User:Hi", "Assistant:Let me look.", "Tool:21", "Assistant:Warm.", "User:?"],
            SessionWeaver.Weave(request, session).Messages.Select(Line));
    }

    /// <summary>
    /// Whatever was put in, and however a client says its turns anew: what a provider was told, tools included, is the
    /// beginning of what it is told next.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Conversation_IsToldAsAContinuation_TurnByTurn(int seed)
    {
        var random = new Random(seed);
        var clock = new ManualTimeProvider();
        var memory = new SessionMemory(new MemorySessionStore(clock), clock, SessionMemory.UsualLifetime);
        var caller = new Caller("team", "k1");
        McpTool[] tools =
            [.. Enumerable.Range(0, 40).Select(i => new McpTool($"tool_{i}_{random.Next(9)}", NoParameters))];
        var client = new List<Message>();
        string told = "";
        string toldTools = "";
        for (int turn = 0; turn < 8; turn++)
        {
            client.Add(Said(Role.User, $"Question {random.Next()} tool_{random.Next(40)}"));
            ChatRequest request = Request(client);
            Session session = await memory.FindAsync(caller, request, None);
            Assert.Equal(turn > 0, session != Session.Empty);
            session = SessionWeaver.Add(session, request, Pieces(turn == 0 ? "style" : null, $"now {random.Next()}"));
            session = session with { Tools = Choose(session, tools, request) };

            ChatRequest woven = SessionWeaver.Weave(request, session);
            string says = Json(woven.Messages);
            string saysTools = Json(woven.Tools);
            Assert.StartsWith(told, says, StringComparison.Ordinal);
            Assert.StartsWith(toldTools, saysTools, StringComparison.Ordinal);
            (told, toldTools) = (says, saysTools);

            (Message answer, Session after) = Answer(random, request, session);
            told += after == session ? Json([answer]) : Json(after.Insertions[^1].Messages);
            Assert.True(await memory.KeepAsync(caller, request, answer, after, None));
            client.Add(answer);
            if (random.Next(2) == 0)
            {
                SayAnew(client);
            }
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    private static IReadOnlyList<ToolDefinition> Choose(Session session, McpTool[] tools, ChatRequest request)
    {
        McpTool[] known = [.. session.Tools.Select(tool => tools.First(other => other.Name == tool.Name))];
        McpTool[] all = [.. known, .. tools.Except(known)];
        return
        [
            .. session.Tools,
            .. ToolChooser.Choose(all, request, known.Length, most: 5 + known.Length)
                .Skip(known.Length)
                .Select(place => new ToolDefinition(all[place].Name) { Parameters = all[place].Parameters }),
        ];
    }

    /// <summary>One answer in one turn, or of two rounds of which the client saw the words alone.</summary>
    private static (Message Answer, Session After) Answer(Random random, ChatRequest request, Session session)
    {
        if (random.Next(2) == 0)
        {
            return (Said(Role.Assistant, $"Answer {random.Next()}"), session);
        }

        Message[] rounds =
        [
            new(Role.Assistant, [new TextPart("Let me see. "), new ToolCallPart("call_1", "tool_1", """{"a":1}""")]),
            new(Role.Tool, [new ToolResultPart("call_1", [new TextPart($"{random.Next()}")])]),
            Said(Role.Assistant, $"Answer {random.Next()}"),
        ];
        string words = string.Concat(rounds.SelectMany(turn => turn.Parts).OfType<TextPart>().Select(part => part.Text));
        return (Said(Role.Assistant, words), session with
        {
            Insertions = [.. session.Insertions, new Insertion(request.Messages.Count, rounds) { Replaces = 1 }],
        });
    }

    /// <summary>The last answer with a mark for caches, which makes no other answer of it.</summary>
    private static void SayAnew(List<Message> client)
    {
        var text = (TextPart)client[^1].Parts[0];
        client[^1] = client[^1] with { Parts = [text with { Cache = new CacheControl() }] };
    }

    private static string Json(IReadOnlyList<Message> turns) =>
        string.Concat(turns.Select(turn => $"{turn.Role}:{string.Join('|', turn.Parts.Select(Line))}\n"));

    private static string Json(IReadOnlyList<ToolDefinition> tools) =>
        string.Concat(tools.Select(tool => $"{tool.Name}:{tool.Parameters}\n"));

    private static string Line(Message turn) => $"{turn.Role}:{string.Join('|', turn.Parts.Select(Line))}";

    private static string Line(ContentPart part) => part switch
    {
        TextPart text => text.Text,
        ToolCallPart call => $"{call.CallId} {call.Name} {call.Arguments}",
        ToolResultPart result => $"{result.CallId} {string.Join('|', result.Parts.Select(Line))}",
        _ => part.ToString()!,
    };

    private static ContextPiece[] Pieces(string? system, string turn) =>
    [
        .. system is null ? [] : new[] { new ContextPiece("s", ContextPlace.System, system) },
        new("t", ContextPlace.Turn, turn),
    ];

    private static Message Said(Role role, string text) => new(role, [new TextPart(text)]);

    private static ChatRequest Request(IReadOnlyList<Message> turns) =>
        new() { Model = "m", Dialect = "openai-chat", Messages = [.. turns] };
}
