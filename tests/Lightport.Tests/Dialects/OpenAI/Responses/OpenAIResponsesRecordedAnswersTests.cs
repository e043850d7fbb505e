using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Tests.Dialects.OpenAI.Chat;
using Lightport.Tests.Laws;
using Lightport.Tests.Laws.Reading;
using Xunit.Abstractions;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>Real answers of the providers that have Responses, cut anywhere.</summary>
public sealed class OpenAIResponsesRecordedAnswersTests(ITestOutputHelper output)
{
    private static readonly int[] Pieces = [1, 2, 3, 7, 64];

    [SharedFact("recorded")]
    public void Streams_InAnyPieces_TellTheSame()
    {
        int count = 0;
        foreach (RecordedAnswer recorded in Streams())
        {
            string whole = Told(ResponsesProvider.DecodeStream(recorded.Text));
            Assert.All(Pieces, piece => Assert.Equal(whole, Told(ResponsesProvider.DecodeStream(recorded.Text, piece))));
            count++;
        }

        output.WriteLine($"{count} streams");
    }

    [SharedFact("recorded")]
    public void Streams_Folded_AreTheWholeAnswerThatTheirLastEventRepeats()
    {
        int count = 0;
        foreach (RecordedAnswer recorded in Streams())
        {
            JsonNode response = SseData.Objects(recorded.Body)
                .Last(data => (string?)data["type"] == "response.completed")["response"]!;
            if (response["output"]!.AsArray().Count == 0)
            {
                continue;
            }

            ChatResponse whole = ResponsesProvider.Decode(response.ToJsonString());
            ChatResponse folded = ChatWire.Fold(ResponsesProvider.DecodeStream(recorded.Text)).ToResponse();
            Assert.Equal(string.Join('\n', Parts(whole)), string.Join('\n', Parts(folded)));
            Assert.Equal(whole.Choices[0].Finish, folded.Choices[0].Finish);
            Assert.Equal(whole.Usage, folded.Usage);
            count++;
        }

        output.WriteLine($"{count} streams");
    }

    [SharedFact("recorded")]
    public void Streams_CutAfterAnyFrame_EndInOneFailure()
    {
        int count = 0;
        foreach (RecordedAnswer recorded in Streams())
        {
            string[] frames = recorded.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
            int ends = Array.FindIndex(frames, frame => frame.Contains("\"response.completed\"", StringComparison.Ordinal));
            for (int kept = 0; kept <= Math.Min(ends, 40); kept++)
            {
                string cut = string.Concat(frames.Take(kept).Select(frame => frame + "\n\n"));
                List<StreamEvent> events = ResponsesProvider.DecodeStream(cut);
                Assert.IsType<StreamEvent.Failed>(events[^1]);
                Assert.Single(events.OfType<StreamEvent.Failed>());
                string passed = ResponsesProvider.Relay(new OpenAIResponsesRelay(promptTokens: 1), cut);
                Assert.Contains(
                    cut.Contains("\"response.created\"", StringComparison.Ordinal)
                        ? "event: response.failed\n"
                        : "event: error\n",
                    passed,
                    StringComparison.Ordinal);
                count++;
            }
        }

        output.WriteLine($"{count} cuts");
    }

    private static IEnumerable<RecordedAnswer> Streams() => Recordings.All.Where(recorded =>
        recorded is { Dialect: DialectIds.OpenAIResponses, IsStream: true, Status: 200 });

    private static string Told(IEnumerable<StreamEvent> events) =>
        string.Join('\n', events.Select(streamEvent => streamEvent switch
        {
            StreamEvent.PartStart start => $"start {start.Index} {start.Part.GetType().Name} {start.Part.Id}",
            StreamEvent.CitationAdded added => $"cite {added.Index} {added.Citation.Sources[0].Url} {added.Citation.StartIndex}",
            StreamEvent.LogprobsDelta logprobs => $"logprobs {logprobs.Logprobs.Content?.Count}",
            _ => streamEvent.ToString(),
        }));

    /// <summary>
    /// Items of the provider's own tools last: they are told when they are done, and some servers say that only at the end.
    /// </summary>
    private static IEnumerable<string> Parts(ChatResponse response) =>
        response.Choices[0].Parts.OrderBy(OwnItem, StringComparer.Ordinal).Select(part => part switch
        {
            TextPart text => $"text {text.Id} {text.Text} {text.Citations.Count}",
            // OpenAI seals the same thinking anew in the last event, and OpenRouter names it anew.
            ReasoningPart reasoning => $"reasoning {reasoning.Text} {reasoning.State?.Format}",
            ToolCallPart call => $"call {call}",
            OpaquePart opaque => $"{opaque.Kind} {opaque.Json.GetProperty("id")}",
            _ => part.ToString(),
        });

    private static string OwnItem(ContentPart part) =>
        part is OpaquePart own ? own.Json.GetProperty("id").GetString()! : "";
}
