using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Xunit.Abstractions;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>The laws over real exchanges. What is let off is listed in <see cref="Normal"/>, with its reason.</summary>
public sealed class AnthropicMessagesRecordedTests(ITestOutputHelper output)
{
    private static readonly int[] PieceSizes = [1, 2, 3, 7, 64, int.MaxValue];

    [SharedFact("recorded")]
    public void Recorded_Requests_MeanTheSameWhenWrittenAgain()
    {
        var failures = new List<string>();
        int count = 0;
        foreach (RecordedExchange exchange in RecordedExchange.All().Where(exchange => exchange.Request.Length > 0))
        {
            count++;
            JsonObject expected = Normal.Request(JsonNode.Parse(exchange.Request)!.AsObject());
            JsonObject actual = Wire.Encode(Wire.DecodeRequest(exchange.Request), null, out EncodingContext context);
            Compare(exchange, expected, Normal.Request(actual), failures);
            failures.AddRange(context.Losses.Dropped.Select(dropped => $"{exchange.Id} lost {dropped}"));
        }

        Report(count, failures);
    }

    [SharedFact("recorded")]
    public void Recorded_Answers_MeanTheSameWhenWrittenAgain()
    {
        var failures = new List<string>();
        int count = 0;
        foreach (RecordedExchange exchange in RecordedExchange.All().Where(e => e.Status == 200 && !e.IsStream))
        {
            count++;
            JsonObject expected = Normal.Response(JsonNode.Parse(exchange.Response)!.AsObject());
            JsonObject actual = Wire.Encode(Wire.DecodeResponse(exchange.Response));
            Compare(exchange, expected, Normal.Response(actual), failures);
        }

        Report(count, failures);
    }

    [SharedFact("recorded")]
    public void Recorded_Streams_KeepTheLawsHoweverTheyAreCut()
    {
        var failures = new List<string>();
        int count = 0;
        foreach (RecordedExchange exchange in RecordedExchange.All().Where(e => e.Status == 200 && e.IsStream))
        {
            count++;
            JsonObject expected = Normal.Response(MessagesStreamLaws.Check(Compact(exchange.Response))!);
            foreach (int size in PieceSizes)
            {
                List<StreamEvent> events = Wire.Decode(exchange.Response, size);
                JsonObject? message = MessagesStreamLaws.Check(Wire.EncodeStream(events));
                Compare(exchange, expected, Normal.Response(message!), failures);
                Compare(exchange, expected, Normal.Response(Wire.Encode(Wire.Fold(events))), failures);
            }
        }

        Report(count, failures);
    }

    [SharedFact("recorded")]
    public void Recorded_Streams_PassThroughByteForByte()
    {
        int count = 0;
        foreach (RecordedExchange exchange in RecordedExchange.All().Where(e => e.Status == 200 && e.IsStream))
        {
            count++;
            foreach (int size in PieceSizes)
            {
                (string passed, AnswerRelay relay) = Wire.Relay(exchange.Response, size);
                Assert.Equal(exchange.Response.TrimEnd('\n'), passed.TrimEnd('\n'));
                Assert.Null(relay.Error);
                Assert.True(relay.HasContent && relay.Ended && relay.Usage is not null && relay.Finish is not null);
            }
        }

        Report(count, []);
    }

    /// <summary>The judge reads exact frames; recorded ones hold padding, which the wire allows.</summary>
    private static string Compact(string sse) => sse.ReplaceLineEndings("\n").TrimEnd('\n') + "\n\n";

    private static void Compare(RecordedExchange exchange, JsonObject expected, JsonObject actual, List<string> failures)
    {
        if (!JsonNode.DeepEquals(expected, actual))
        {
            failures.Add($"{exchange.Id}\n- {expected.ToJsonString()}\n+ {actual.ToJsonString()}");
        }
    }

    private void Report(int count, List<string> failures)
    {
        output.WriteLine($"{count} recorded exchanges");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} differ:\n{string.Join('\n', failures.Take(5))}");
    }
}
