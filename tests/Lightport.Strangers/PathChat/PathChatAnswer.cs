using System.Text.Json.Nodes;
using Lightport.Conversation;

namespace Lightport.Strangers.PathChat;

/// <summary>A whole answer, read and written.</summary>
internal static class PathChatAnswer
{
    public static ChatResponse Read(ReadOnlyMemory<byte> body)
    {
        JsonNode? answer = PathChatWire.Parse(body.Span);
        if (PathChatWire.ReadFault(answer, ErrorStage.Decode) is { } fault)
        {
            throw new GatewayException(fault);
        }

        if (answer?["end"] is not { } end)
        {
            throw GatewayException.BadUpstream("The provider's answer is none.");
        }

        ContentPart[] text = answer["say"] is { } say ? [new TextPart((string)say!)] : [];
        return new ChatResponse
        {
            Id = (string)answer["id"]!,
            Model = (string)answer["model"]!,
            Choices = [new ChatChoice(
                0,
                [
                    .. text,
                    .. (answer["calls"]?.AsArray() ?? []).Select(call => PathChatWire.Call(call!)),
                ],
                PathChatWire.End((string)end!))],
            Usage = PathChatWire.Used(answer["used"]),
        };
    }

    public static JsonObject Write(ChatResponse response, string model)
    {
        ChatChoice choice = response.Choices[0];
        string named = response.Model.Length > 0 ? response.Model : model;
        var answer = new JsonObject { ["id"] = response.Id, ["model"] = named };
        if (choice.Parts.OfType<TextPart>().Any())
        {
            answer["say"] = string.Concat(choice.Parts.OfType<TextPart>().Select(part => part.Text));
        }

        if (choice.Parts.OfType<ToolCallPart>().Any())
        {
            answer["calls"] = new JsonArray([.. choice.Parts.OfType<ToolCallPart>().Select(PathChatWire.Call)]);
        }

        answer["end"] = PathChatWire.End(choice.Finish.Reason);
        answer["used"] = PathChatWire.Used(response.Usage ?? new TokenUsage());
        return answer;
    }
}
