using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Thinking and its signature, both ways. A signature that is not Anthropic's rides in the same slot in an envelope, so
/// that a client that echoes the block brings it back.
/// </summary>
internal static class AnthropicMessagesReasoning
{
    /// <summary>
    /// What the slot of reasoning without any state holds: clients expect every thinking block to be signed.
    /// </summary>
    private static readonly string NoState = new OpaqueState(StateFormats.None, "").ToEnvelope();

    public static ReasoningPart FromThinking(string? text, string? signature) =>
        new(text ?? "") { State = ReadSlot(signature, redacted: false) };

    public static ReasoningPart FromRedacted(string data) => new("") { State = ReadSlot(data, redacted: true) };

    public static OpaqueState? ReadSlot(string? slot, bool redacted)
    {
        if (string.IsNullOrEmpty(slot))
        {
            return null;
        }

        OpaqueState state = OpaqueState.FromSlot(slot, StateFormats.Anthropic, redacted);
        return state.Format == StateFormats.None ? null : state;
    }

    /// <summary>The slot's text for a client.</summary>
    public static string WriteSlot(OpaqueState? state) =>
        state is null ? NoState : state.Format == StateFormats.Anthropic ? state.Data : state.ToEnvelope();

    /// <summary>Whether the part is said as <c>redacted_thinking</c>.</summary>
    public static bool IsRedacted(ReasoningPart part) => part is { Text: "", State.Redacted: true };

    /// <summary>Whether Anthropic itself signed it; it refuses thinking that it did not.</summary>
    public static bool IsSigned(ReasoningPart part) => part.State is { Format: StateFormats.Anthropic };

    /// <summary>Writes the block as a client reads it, or a provider that signed it.</summary>
    public static void Write(Utf8JsonWriter writer, ReasoningPart part, bool omitText = false)
    {
        writer.WriteStartObject();
        if (IsRedacted(part))
        {
            writer.WriteString("type"u8, "redacted_thinking"u8);
            writer.WriteString("data"u8, WriteSlot(part.State));
        }
        else
        {
            writer.WriteString("type"u8, "thinking"u8);
            writer.WriteString("thinking"u8, omitText ? "" : part.Text);
            writer.WriteString("signature"u8, WriteSlot(part.State));
        }

        writer.WriteFields(part.Extensions);
        writer.WriteEndObject();
    }
}
