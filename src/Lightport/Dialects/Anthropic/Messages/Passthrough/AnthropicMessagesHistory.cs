using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Takes out of a conversation that passes through the thinking blocks which carry the gateway's own mark: another
/// vendor's thinking, told to the client in Anthropic's slot. No provider can check such a signature, and each refuses
/// a request with one.
/// </summary>
internal static class AnthropicMessagesHistory
{
    public static void Patch(JsonEnvelope request, BodyPatch patch, LossLedger? losses)
    {
        if (!request.TryGet("messages", out JsonField field)
            || field.Type != JsonTokenType.StartArray
            || request.Value(field).IndexOf(OpaqueState.Mark) < 0)
        {
            return;
        }

        ReadOnlySpan<byte> messages = request.Value(field);
        var cut = new AnthropicMessagesMarkedBlocks(messages);
        if (cut.Cuts.Count == 0)
        {
            return;
        }

        using var buffer = new PooledBuffer(messages.Length);
        cut.Cuts.WriteTo(messages, buffer);
        patch.Set("messages", buffer.Written.Span);
        if (cut.InToolLoop && ThinksByBudget(request))
        {
            // With a budget the turn to go on from must begin with thinking, which was just taken out of it
            // (https://platform.claude.com/docs/en/build-with-claude/extended-thinking).
            patch.Remove("thinking");
            losses?.Note("thinking");
        }
    }

    private static bool ThinksByBudget(JsonEnvelope request) =>
        request.TryGet("thinking", out JsonField field)
        && field.Type == JsonTokenType.StartObject
        && LenientText.TryGetProperty(JsonElement.Parse(request.Value(field)), "type", out JsonElement type)
        && type.Is("enabled");
}
