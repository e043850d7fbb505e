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
        if (root.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
        {
            throw new GatewayException(AnthropicMessagesErrors.Read(null, body));
        }

        if (!root.TryGetProperty("content", out JsonElement content) || content.ValueKind != JsonValueKind.Array)
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

        Finish finish = AnthropicMessagesStopReason.Decode(Text(root, "stop_reason"), Text(root, "stop_sequence")) with
        {
            Details = root.TryGetProperty("stop_details", out JsonElement details)
                && details.ValueKind == JsonValueKind.Object ? details : null,
        };
        bool hasUsage = root.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object;
        return new ChatResponse
        {
            Id = Text(root, "id") ?? "",
            Model = Text(root, "model") ?? "",
            Choices = [new ChatChoice(0, parts, finish)],
            Usage = hasUsage ? AnthropicMessagesUsage.Read(JsonMarshal.GetRawUtf8Value(usage)) : null,
            ServiceTier = hasUsage ? AnthropicMessagesUsage.Tier(Text(usage, "service_tier")) : null,
        };
    }

    private static ContentPart? Block(JsonElement block)
    {
        switch (Text(block, "type"))
        {
            case "text":
                string text = Text(block, "text") ?? "";
                IReadOnlyList<Citation> citations = AnthropicMessagesCitations.Decode(block);
                return text.Length == 0 && citations.Count == 0 ? null : new TextPart(text) { Citations = citations };
            case "thinking":
                ReasoningPart thought = AnthropicMessagesReasoning.FromThinking(
                    Text(block, "thinking"), Text(block, "signature"));
                return thought is { Text: "", State: null } ? null : thought;
            case "redacted_thinking":
                return AnthropicMessagesReasoning.FromRedacted(Text(block, "data") ?? "");
            case "tool_use":
                return new ToolCallPart(Text(block, "id") ?? "", Text(block, "name") ?? "", Input(block));
            case string type:
                return AnthropicMessagesServerTools.Read(type, block);
            default:
                return null;
        }
    }

    /// <summary>The arguments; compatible providers send them as text, or not at all.</summary>
    public static string Input(JsonElement block)
    {
        if (!block.TryGetProperty("input", out JsonElement input) || input.ValueKind == JsonValueKind.Null)
        {
            return "{}";
        }

        string text = input.ValueKind == JsonValueKind.String
            ? input.Text()
            : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(input));
        return string.IsNullOrWhiteSpace(text) ? "{}" : text;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.Text()
            : null;
}
