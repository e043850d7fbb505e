using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Sources;
using Lightport.Storage;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Memory;

/// <summary>However clients cut their turns into messages, nothing that they say is lost, doubled or moved.</summary>
public sealed class TurnRecutTests
{
    private const string Context = "<context>";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Turns_CutAnew_AreToldWhole_WithWhatWasPutIn(int seed)
    {
        var random = new Random(seed);
        var clock = new ManualTimeProvider();
        var memory = new SessionMemory(new MemorySessionStore(clock), clock, SessionMemory.UsualLifetime);
        var caller = new Caller("team", "k1");
        List<Message> client = random.Next(2) == 0 ? [] : [Said(Role.System, "s"), Said(Role.Developer, "d")];
        int hidden = 0;
        for (int turn = 0; turn < 6; turn++)
        {
            client.AddRange(Enumerable.Range(0, random.Next(1, 4)).Select(i => Said(Role.User, $"u{turn}.{i} ")));
            if (random.Next(3) == 0)
            {
                client.Add(Said(Role.Assistant, $"begun{turn} "));
            }

            client = Recut(random, client);
            var request = new ChatRequest { Model = "m", Dialect = "openai-chat", Messages = [.. client] };
            Session found = await memory.FindAsync(caller, request, CancellationToken.None);
            Session session = SessionWeaver.Add(found, request, [new("t", ContextPlace.Turn, Context)]);

            IReadOnlyList<Message> woven = SessionWeaver.Weave(request, session).Messages;
            Assert.Equal(Words(client), Words(woven));

            // A conversation that the client goes on with itself begins anew, and so has nothing put in before that.
            hidden = ReferenceEquals(found, Session.Empty) ? 0 : hidden;
            Assert.Equal(hidden, woven.Count(message => message.Role == Role.Tool));

            List<Message> answer = [Said(Role.Assistant, $"a{turn} ")];
            if (random.Next(2) == 0)
            {
                answer.Insert(0, new Message(Role.Tool, [new ToolResultPart("c", [])]));
                answer.Insert(0, Said(Role.Assistant, $"look{turn} "));
                hidden++;
            }

            var told = new Message(
                Role.Assistant, [.. answer.SelectMany(message => message.Parts.Where(part => part is TextPart))]);
            Session kept = SessionWeaver.AddAnswer(session, request, answer);
            await memory.KeepAsync(caller, request, told, kept, CancellationToken.None);
            client.Add(told);
        }
    }

    [Fact]
    public void Answer_ThatGoesOn_StaysOneTurn_WithAllThatWasHiddenInIt()
    {
        Message[] turns = [Said(Role.User, "u"), Said(Role.Assistant, "ab")];
        var request = new ChatRequest { Model = "m", Dialect = "openai-chat", Messages = turns };
        Message[] first = [Said(Role.Assistant, "a"), new(Role.Tool, []), Said(Role.Assistant, "b")];
        var session = new Session { Insertions = [new Insertion(1, first) { Replaces = 1 }] };

        Session after = SessionWeaver.AddAnswer(session, request, [Said(Role.Assistant, "c")]);

        Message[] next = [turns[0], Said(Role.Assistant, "abc"), Said(Role.User, "v")];
        IReadOnlyList<Message> woven = SessionWeaver.Weave(request with { Messages = next }, after).Messages;
        Assert.Equal(Words(next), Words(woven));
        Assert.Single(woven, message => message.Role == Role.Tool);
    }

    /// <summary>Messages of one role are joined, or cut in the middle of a text.</summary>
    private static List<Message> Recut(Random random, List<Message> turns)
    {
        var cut = new List<Message>();
        foreach (Message turn in turns)
        {
            if (random.Next(2) == 0 && cut is [.., var last] && last.Role == turn.Role)
            {
                cut[^1] = last with { Parts = [.. last.Parts, .. turn.Parts] };
            }
            else if (random.Next(2) == 0 && turn.Parts is [TextPart { Text.Length: > 1 } text])
            {
                cut.Add(Said(turn.Role, text.Text[..1]));
                cut.Add(Said(turn.Role, text.Text[1..]));
            }
            else
            {
                cut.Add(turn);
            }
        }

        return cut;
    }

    private static string Words(IEnumerable<Message> turns)
    {
        var words = new List<(Role Role, string Text)>();
        foreach (Message turn in turns.Where(turn => turn.Role != Role.Tool))
        {
            string text = string.Concat(turn.Parts.Cast<TextPart>().Select(part => part.Text));
            if (words is [.., var last] && last.Role == turn.Role)
            {
                words[^1] = (turn.Role, last.Text + text);
            }
            else
            {
                words.Add((turn.Role, text));
            }
        }

        return string.Join(" | ", words).Replace(Context, "", StringComparison.Ordinal);
    }

    private static Message Said(Role role, string text) => new(role, [new TextPart(text)]);
}
