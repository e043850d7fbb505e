using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Tests.Conversation;

/// <summary>What is told of an answer folds to the answer, in order or interleaved.</summary>
public class ResponseReplayTests
{
    private const int Rounds = 500;

    private static readonly Citation Page = new(new CitationSource { Url = "https://u" });

    private static readonly JsonElement Block = JsonElement.Parse("""{"type":"odd"}""");

    private readonly HashSet<(int Choice, int Index)> _open = [];

    [Fact]
    public void Replay_AnyAnswer_FoldsToTheSame()
    {
        var random = new Random(8);
        for (int round = 0; round < Rounds; round++)
        {
            ChatResponse answer = Answer(random);

            Assert.Equal(Describe(answer), Describe(Fold(ResponseReplay.Events(answer))));
        }
    }

    [Fact]
    public void Replay_PartsToldAtTheSameTime_FoldsToTheSame()
    {
        var random = new Random(9);
        for (int round = 0; round < Rounds; round++)
        {
            ChatResponse answer = Answer(random);

            Assert.Equal(Describe(answer), Describe(Fold(Interleaved(ResponseReplay.Events(answer), random))));
        }
    }

    [Fact]
    public void Replay_AnyAnswer_BeginsAndEndsEachPartOnceAndTellsItBetween()
    {
        var random = new Random(10);
        foreach (StreamEvent told in Enumerable.Range(0, Rounds).SelectMany(_ => ResponseReplay.Events(Answer(random))))
        {
            if (told is StreamEvent.PartStart start)
            {
                Assert.True(_open.Add((start.Choice, start.Index)));
            }
            else if (told is StreamEvent.PartEnd end)
            {
                Assert.True(_open.Remove((end.Choice, end.Index)));
            }
            else if (told is StreamEvent.PartEvent piece)
            {
                Assert.Contains((piece.Choice, piece.Index), _open);
            }
        }

        Assert.Empty(_open);
    }

    private static ChatResponse Fold(IEnumerable<StreamEvent> events)
    {
        var fold = new StreamAccumulator();
        foreach (StreamEvent told in events)
        {
            fold.Add(told);
        }

        return fold.ToResponse();
    }

    /// <summary>All starts in their order, then pieces of any part, each part's own in their order.</summary>
    private static IEnumerable<StreamEvent> Interleaved(IEnumerable<StreamEvent> events, Random random)
    {
        StreamEvent[] all = [.. events];
        List<Queue<StreamEvent>> parts =
        [
            .. all.OfType<StreamEvent.PartEvent>().Where(piece => piece is not StreamEvent.PartStart)
                .GroupBy(piece => (piece.Choice, piece.Index)).Select(part => new Queue<StreamEvent>(part)),
        ];
        foreach (StreamEvent start in all.Where(told => told is StreamEvent.ResponseStart or StreamEvent.PartStart))
        {
            yield return start;
        }

        while (parts.Count > 0)
        {
            Queue<StreamEvent> part = parts[random.Next(parts.Count)];
            yield return part.Dequeue();
            parts.RemoveAll(told => told.Count == 0);
        }

        foreach (StreamEvent rest in all.Where(told =>
            told is not (StreamEvent.ResponseStart or StreamEvent.PartEvent)))
        {
            yield return rest;
        }
    }

    private static ChatResponse Answer(Random random) => new()
    {
        Id = "r",
        Model = "m",
        Created = 5,
        ServiceTier = Maybe(random, "flex"),
        Usage = random.Next(2) == 0 ? null : new TokenUsage { Input = 3, Output = 4 },
        Choices =
        [
            .. Enumerable.Range(0, random.Next(1, 3)).Select(index =>
                new ChatChoice(index, Parts(random), new Finish(FinishReason.Stop)) { Logprobs = Logprobs(random) }),
        ],
    };

    private static ChoiceLogprobs? Logprobs(Random random) => random.Next(2) == 0
        ? null
        : new() { Content = [new TokenLogprob("x", new ExactNumber(-1)) { Bytes = "x"u8.ToArray() }] };

    private static ContentPart[] Parts(Random random) =>
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => Part(random))];

    private static ContentPart Part(Random random)
    {
        string text = new('x', random.Next(4));
        ContentPart part = random.Next(10) switch
        {
            0 => new TextPart(text) { Citations = random.Next(2) == 0 ? [] : [Page] },
            1 => new RefusalPart(text),
            2 => new ReasoningPart(text),
            3 => new ToolCallPart("c", "f", "{\"a\":1}"),
            4 => new ToolCallPart("c", "free", text) { Kind = ToolKind.Custom },
            5 => new ImagePart(Source(random)) { Detail = Maybe(random, "low") },
            6 => new AudioPart(Source(random)) { Transcript = Maybe(random, "words"), ExpiresAt = random.Next(9) },
            7 => new ServerToolCallPart("vendor", "odd_use", Block, "s", "search", Maybe(random, "{}") ?? ""),
            8 => new ServerToolResultPart("vendor", "odd_result", Block, "s", []) { IsError = true },
            _ => new OpaquePart("vendor", "odd", Block),
        };
        return part with
        {
            Id = Maybe(random, "p1"),
            State = random.Next(2) == 0 ? null : new OpaqueState(StateFormats.Gemini, "sig", random.Next(2) == 0),
        };
    }

    private static MediaSource Source(Random random) => random.Next(3) switch
    {
        0 => MediaSource.FromUrl("https://u"),
        1 => MediaSource.FromBase64("AAEC", "image/png"),
        _ => MediaSource.FromBase64("", null),
    };

    private static string? Maybe(Random random, string text) => random.Next(2) == 0 ? null : text;

    /// <summary>Lists are compared by what is in them.</summary>
    private static string Describe(ChatResponse answer) => string.Join('\n', answer.Choices
        .SelectMany(choice => choice.Parts.Select(part => $"{choice.Index} {JsonSerializer.Serialize<object>(part)}")
            .Append($"{choice.Index} {JsonSerializer.Serialize(choice.Logprobs)}"))
        .Append(JsonSerializer.Serialize(answer with { Choices = [] })));
}
