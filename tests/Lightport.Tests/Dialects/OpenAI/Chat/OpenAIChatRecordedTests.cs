using Lightport.Conversation;
using Xunit.Abstractions;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

/// <summary>Real exchanges of some thirty providers, held to the laws.</summary>
public sealed class OpenAIChatRecordedTests(ITestOutputHelper output)
{
    private static readonly int[] Pieces = [1, 2, 3, 7, 64, int.MaxValue];

    [SharedFact("recorded")]
    public void Requests_DecodedEncodedDecoded_KeepTheirMeaning()
    {
        int count = 0;
        foreach (RecordedExchange exchange in Recorded.Of("openai-chat").Where(exchange => exchange.Status is > 0 and < 400))
        {
            ChatRequest request = ChatWire.DecodeRequest(exchange.Request);
            string once = ChatWire.EncodeRequest(request, Traits(request));
            ChatRequest again = ChatWire.DecodeRequest(once);
            Assert.Equal(once, ChatWire.EncodeRequest(again, Traits(request)));
            Assert.Equal(request.Tools.Count, again.Tools.Count);
            Assert.Equal(request.Stream, again.Stream);
            if (!HasMediaInResults(request))
            {
                Assert.Equal(Said(request), Said(again));
            }

            count++;
        }

        output.WriteLine($"{count} requests");
    }

    [SharedFact("recorded")]
    public void Responses_DecodedEncodedDecoded_KeepTheirMeaning()
    {
        int count = 0;
        foreach (RecordedExchange exchange in Unary())
        {
            ChatResponse response = ChatWire.DecodeResponse(exchange.Response);
            string once = ChatWire.EncodeResponse(response);
            Assert.True(response.Choices.Count > 0, exchange.Id);
            Assert.Equal(once, ChatWire.EncodeResponse(ChatWire.DecodeResponse(once)));
            count++;
        }

        output.WriteLine($"{count} responses");
    }

    [SharedFact("recorded")]
    public void Streams_Translated_KeepEveryLawAtEveryPieceSize()
    {
        int count = 0;
        foreach (RecordedExchange exchange in Streams())
        {
            List<StreamEvent> whole = ChatWire.DecodeStream(exchange.Response);
            string folded = ChatWire.EncodeResponse(ChatWire.Fold(whole).ToResponse());
            bool hasUsage = whole.OfType<StreamEvent.UsageKnown>().Any();
            foreach (int piece in Pieces)
            {
                List<StreamEvent> events = ChatWire.DecodeStream(exchange.Response, piece);
                Assert.Equal(folded, ChatWire.EncodeResponse(ChatWire.Fold(events).ToResponse()));
            }

            foreach (bool includeUsage in (bool[])[true, false])
            {
                string sse = ChatWire.EncodeStream(whole, includeUsage);
                ChatStreamLaws.Check(sse, includeUsage, requireUsage: hasUsage);
                StreamAccumulator again = ChatWire.Fold(ChatWire.DecodeStream(sse));
                if (includeUsage && again.Error is null)
                {
                    Assert.Equal(ChatWire.EncodeResponse(ChatWire.Fold(whole).ToResponse()), ChatWire.EncodeResponse(again.ToResponse()));
                }
            }

            count++;
        }

        output.WriteLine($"{count} streams");
    }

    private static IEnumerable<RecordedExchange> Streams() =>
        Recorded.Of("openai-chat").Where(exchange => exchange is { Status: > 0 and < 400, Framing: "sse" });

    /// <summary>Whole answers, without the few that are errors or a test server's echo under a success status.</summary>
    private static IEnumerable<RecordedExchange> Unary() =>
        Recorded.Of("openai-chat").Where(exchange => exchange is { Status: > 0 and < 400, Framing: "json" }
            && exchange.Response.Contains("\"choices\"", StringComparison.Ordinal));

    /// <summary>Chat's tool messages hold text: media of theirs is moved, which is a test of its own.</summary>
    private static bool HasMediaInResults(ChatRequest request) =>
        request.Messages.SelectMany(message => message.Parts).OfType<ToolResultPart>()
            .Any(result => result.Parts.Any(part => part is not TextPart));

    private static Lightport.Dialects.TargetTraits Traits(ChatRequest request) => new()
    {
        DeveloperRole = true,
        ReasoningField = request.Messages.SelectMany(message => message.Parts).OfType<ReasoningPart>()
            .Any(part => part.State is not null) ? "reasoning_details" : "reasoning_content",
    };

    private static string Said(ChatRequest request) => string.Join('\n', request.Messages.Select(message =>
        $"{message.Role}: " + string.Join(" | ", message.Parts.Select(part => part switch
        {
            ToolCallPart call => $"{call.CallId} {call.Name} {call.Arguments}",
            ToolResultPart result => result.CallId + string.Concat(result.Parts.OfType<TextPart>().Select(text => text.Text)),
            ReasoningPart reasoning => reasoning.Text + reasoning.State?.Data,
            ImagePart image => image.Source.Url + image.Source.Base64,
            _ => "",
        })) + string.Concat(message.Parts.OfType<TextPart>().Select(text => text.Text))));
}
