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
            JsonElement root = ProviderJson.ParseAnswer(body.Span);
            NoteDropped(root, losses);
            return Decode(root, body.Span);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            throw ProviderJson.NotJson(malformed);
        }
    }

    private static ChatResponse Decode(JsonElement root, ReadOnlySpan<byte> body)
    {
        if (root.TryGetProperty("error"u8, out JsonElement error) && error.ValueKind != JsonValueKind.Null)
        {
            throw new GatewayException(AnthropicMessagesErrors.Read(null, body));
        }

        if (!root.TryGetProperty("content"u8, out JsonElement content) || content.ValueKind != JsonValueKind.Array)
        {
            throw GatewayException.BadUpstream("The provider's answer has no content.");
        }

        return Message(root, content);
    }

    private static void NoteDropped(JsonElement root, AnswerLosses? losses)
    {
        if (losses is not null
            && root.ValueOf("input_transformations") is { ValueKind: JsonValueKind.Array } changes
            && changes.EnumerateArray().Any(change => change.TextOf("type") == AnthropicMessagesWire.ThinkingDropped))
        {
            losses.Add(AnthropicMessagesWire.ThinkingDropped);
        }
    }

    private static ChatResponse Message(JsonElement root, JsonElement content)
    {
        var parts = new List<ContentPart>();
        foreach (JsonElement block in content.EnumerateArray())
        {
            if (block.ValueKind == JsonValueKind.Object && Block(block) is { } part)
            {
                parts.Add(part);
            }
        }

        Finish finish =
            AnthropicMessagesStopReason.Decode(Text(root, "stop_reason"u8), Text(root, "stop_sequence"u8));
        if (root.TryGetProperty("stop_details"u8, out JsonElement details) && details.ValueKind == JsonValueKind.Object)
        {
            finish = finish with { Details = details };
        }

        bool hasUsage =
            root.TryGetProperty("usage"u8, out JsonElement usage) && usage.ValueKind == JsonValueKind.Object;
        return new ChatResponse
        {
            Id = Text(root, "id"u8) ?? "",
            Model = Text(root, "model"u8) ?? "",
            Choices = [new ChatChoice(0, parts, finish)],
            Usage = hasUsage ? AnthropicMessagesUsage.Read(JsonMarshal.GetRawUtf8Value(usage)) : null,
            ServiceTier = hasUsage ? AnthropicMessagesUsage.Tier(Text(usage, "service_tier"u8)) : null,
        };
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
        if (!block.TryGetProperty("input"u8, out JsonElement input) || input.ValueKind == JsonValueKind.Null)
        {
            return "{}";
        }

        string text = input.ValueKind == JsonValueKind.String
            ? input.Text()
            : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(input));
        return string.IsNullOrWhiteSpace(text) ? "{}" : text;
    }

    private static string? Text(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.Text()
            : null;
}
