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
                    Parts(head.Content),
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

    private static List<ContentPart> Parts(ReadOnlySpan<byte> content)
    {
        var parts = new List<ContentPart>();
        var reader = new Utf8JsonReader(content);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                if (Part(AnthropicMessagesBlock.Read(ref reader, content)) is { } part)
                {
                    parts.Add(part);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return parts;
    }

    private static ContentPart? Part(in AnthropicMessagesBlock block)
    {
        switch (block.Type)
        {
            case "text":
                string text = block.Text ?? "";
                IReadOnlyList<Citation> citations = block.Citations.IsEmpty
                    ? []
                    : AnthropicMessagesCitations.Decode(JsonElement.Parse(block.Json));
                return text.Length == 0 && citations.Count == 0 ? null : new TextPart(text) { Citations = citations };
            case "thinking":
                ReasoningPart thought = AnthropicMessagesReasoning.FromThinking(block.Thinking, block.Signature);
                return thought is { Text: "", State: null } ? null : thought;
            case "redacted_thinking":
                return AnthropicMessagesReasoning.FromRedacted(block.Data ?? "");
            case "tool_use":
                return new ToolCallPart(block.Id ?? "", block.Name ?? "", Input(JsonElement.Parse(block.Json)));
            case string type:
                return AnthropicMessagesServerTools.Read(type, JsonElement.Parse(block.Json));
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
}
