using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.OpenAIChat;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Laws;

/// <summary>What an answer says, in one text, so that two can be compared whatever wire and form they have.</summary>
internal static class Meaning
{
    private static readonly DialectRegistry Dialects = BuiltInDialects.Create();

    public static string Of(string dialect, byte[] body, bool isStream) =>
        Describe(isStream ? Fold(dialect, body) : Dialects.Spoken(dialect).DecodeResponse(body));

    public static ChatResponse Fold(string dialect, byte[] body)
    {
        IStreamDecoder decoder = Dialects.Spoken(dialect).CreateStreamDecoder();
        var events = new List<StreamEvent>();
        Chat.Frames(body, int.MaxValue, (in Frame frame) => decoder.Decode(frame, events));
        decoder.Complete(events);
        StreamAccumulator folded = Chat.Fold(events);
        return folded.Error is { } error ? throw new GatewayException(error) : folded.ToResponse();
    }

    private static string Describe(ChatResponse response)
    {
        var text = new StringBuilder();
        foreach (ChatChoice choice in response.Choices)
        {
            text.AppendLine($"choice {choice.Index}: {choice.Finish.Reason}");
            IEnumerable<string> thoughts = choice.Parts.OfType<ReasoningPart>().Select(part => part.Text);
            text.AppendLine("reasoning " + string.Concat(thoughts));
            text.AppendLine("text " + string.Concat(choice.Parts.Select(Said)));
            foreach (ToolCallPart call in choice.Parts.OfType<ToolCallPart>())
            {
                text.AppendLine($"call {call.Name} {Arguments(call)}");
            }
        }

        return text.AppendLine($"usage {response.Usage?.Prompt} {response.Usage?.Completion}").ToString();
    }

    private static string? Said(ContentPart part) => part switch
    {
        TextPart text => text.Text,
        RefusalPart refusal => refusal.Text,
        AudioPart audio => audio.Transcript,
        _ => null,
    };

    private static string Arguments(ToolCallPart call)
    {
        try
        {
            return JsonNode.Parse(call.Arguments)!.ToJsonString();
        }
        catch (System.Text.Json.JsonException)
        {
            return call.Arguments;
        }
    }
}
