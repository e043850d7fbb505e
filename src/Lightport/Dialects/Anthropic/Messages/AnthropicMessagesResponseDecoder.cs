using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Reads a whole answer. A provider's slips (no id, no usage) are forgiven; no answer at all is an error.
/// </summary>
internal static class AnthropicMessagesResponseDecoder
{
    /// <summary>As many as most answers have; there is room for more as they come.</summary>
    private const int UsualBlocks = 4;

    /// <exception cref="GatewayException">It is no message, or an error inside a success.</exception>
    /// <param name="losses">Told of thinking that the model was not shown; null where nobody asks.</param>
    public static ChatResponse Decode(ReadOnlyMemory<byte> body, AnswerLosses? losses = null)
    {
        try
        {
            ReadOnlySpan<byte> message = ProviderJson.AnswerText(body.Span);
            return Decode(AnthropicMessagesHead.Read(message), message, losses);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            throw ProviderJson.NotJson(malformed);
        }
    }

    private static ChatResponse Decode(
        in AnthropicMessagesHead head, ReadOnlySpan<byte> message, AnswerLosses? losses)
    {
        if (head.HasError)
        {
            throw new GatewayException(AnthropicMessagesErrors.Read(null, message));
        }

        if (head.Content.IsEmpty)
        {
            throw GatewayException.BadUpstream("The provider's answer has no content.");
        }

        NoteDropped(head.Transformations, losses);
        Finish finish = AnthropicMessagesStopReason.Decode(head.StopReason, head.StopSequence);
        string? tier = null;
        return new ChatResponse
        {
            Id = head.Id ?? "",
            Model = head.Model ?? "",
            Choices =
            [
                new ChatChoice(
                    0,
                    Parts(JsonElement.Parse(head.Content)),
                    head.StopDetails.IsEmpty ? finish : finish with { Details = JsonElement.Parse(head.StopDetails) }),
            ],
            Usage = head.Usage.IsEmpty ? null : AnthropicMessagesUsage.Read(head.Usage, before: null, out tier),
            ServiceTier = tier,
        };
    }

    private static void NoteDropped(ReadOnlySpan<byte> transformations, AnswerLosses? losses)
    {
        if (losses is not null
            && !transformations.IsEmpty
            && JsonElement.Parse(transformations).EnumerateArray()
                .Any(change => change.TextOf("type") == AnthropicMessagesWire.ThinkingDropped))
        {
            losses.Add(AnthropicMessagesWire.ThinkingDropped);
        }
    }

    private static List<ContentPart> Parts(JsonElement content)
    {
        var parts = new List<ContentPart>(Math.Min(content.GetArrayLength(), UsualBlocks));
        foreach (JsonElement block in content.EnumerateArray())
        {
            if (block.ValueKind == JsonValueKind.Object && Block(block) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private static ContentPart? Block(JsonElement block)
    {
        switch (Text(block, "type"u8))
        {
            case "text":
                string text = Text(block, "text"u8) ?? "";
                IReadOnlyList<Citation> citations = AnthropicMessagesCitations.Decode(block);
                return text.Length == 0 && citations.Count == 0 ? null : new TextPart(text) { Citations = citations };
            case "thinking":
                ReasoningPart thought = AnthropicMessagesReasoning.FromThinking(
                    Text(block, "thinking"u8), Text(block, "signature"u8));
                return thought is { Text: "", State: null } ? null : thought;
            case "redacted_thinking":
                return AnthropicMessagesReasoning.FromRedacted(Text(block, "data"u8) ?? "");
            case "tool_use":
                return new ToolCallPart(Text(block, "id"u8) ?? "", Text(block, "name"u8) ?? "", Input(block));
            case string type:
                return AnthropicMessagesServerTools.Read(type, block);
            default:
                return null;
        }
    }

    /// <summary>The arguments; compatible providers send them as text, or not at all.</summary>
    public static string Input(JsonElement block)
    {
        if (!LenientText.TryGetProperty(block, "input"u8, out JsonElement input)
            || input.ValueKind == JsonValueKind.Null)
        {
            return "{}";
        }

        string text = input.ValueKind == JsonValueKind.String
            ? input.Text()
            : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(input));
        return string.IsNullOrWhiteSpace(text) ? "{}" : text;
    }

    private static string? Text(JsonElement owner, ReadOnlySpan<byte> name) =>
        LenientText.TryGetProperty(owner, name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.Text()
            : null;
}
