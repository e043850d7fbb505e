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
        Of(text ?? "", signature, redacted: false);

    public static ReasoningPart FromRedacted(string data) => Of("", data, redacted: true);

    /// <summary>
    /// The state with the part's own id, which no field of a block has, and which the part's provider is told with it.
    /// </summary>
    public static OpaqueState? Named(OpaqueState? state, string? id) =>
        id is null || state is { Format: StateFormats.Anthropic }
            ? state
            : (state ?? new OpaqueState(StateFormats.None, "")) with { Item = id };

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
            writer.WriteString("data"u8, WriteSlot(Named(part.State, part.Id)));
        }
        else
        {
            writer.WriteString("type"u8, "thinking"u8);
            writer.WriteString("thinking"u8, omitText ? "" : part.Text);
            writer.WriteString("signature"u8, WriteSlot(Named(part.State, part.Id)));
        }

        writer.WriteFields(part.Extensions);
        writer.WriteEndObject();
    }

    private static ReasoningPart Of(string text, string? slot, bool redacted)
    {
        if (string.IsNullOrEmpty(slot))
        {
            return new ReasoningPart(text);
        }

        OpaqueState state = OpaqueState.FromSlot(slot, StateFormats.Anthropic, redacted);
        return new ReasoningPart(text)
        {
            Id = state.Item,
            State = state.Format == StateFormats.None ? null : state with { Item = null },
        };
    }
}
