using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Reasoning items, whose <c>encrypted_content</c> is the slot for what the model's provider wants back: OpenAI's own
/// text, or another's in an envelope.
/// </summary>
internal static class OpenAIResponsesReasoning
{
    /// <summary>
    /// Follows the envelope in the slot of an item that holds nothing but the state of another, a call, whose id stands
    /// behind it, or the text before it: those have no slot of their own.
    /// </summary>
    private const string OfPart = ".p.";

    /// <summary>The thought; null where the item holds neither words nor state.</summary>
    public static ReasoningPart? Read(RequestFields fields, JsonElement item)
    {
        string words = Join(fields, item, "content", "");
        string text = words.Length > 0 ? words : Join(fields, item, "summary", "\n\n");
        OpaqueState? state = fields.Text(item, "encrypted_content") is { Length: > 0 } slot
            ? OpaqueState.FromSlot(slot, StateFormats.OpenAI, redacted: true)
            : null;
        return text.Length == 0 && state is null
            ? null
            : new ReasoningPart(text) { Id = fields.Text(item, "id"), State = state };
    }

    /// <summary>Reads the state of another item, where this one holds that and nothing else.</summary>
    /// <param name="callId">The call that it belongs to; empty for the text before it.</param>
    public static bool TryReadStateOfPart(
        RequestFields fields, JsonElement item, [NotNullWhen(true)] out OpaqueState? state, out string callId)
    {
        (state, callId) = (null, "");
        if (fields.Text(item, "encrypted_content") is not { } slot
            || !slot.StartsWith("lp", StringComparison.Ordinal)
            || slot.LastIndexOf(OfPart, StringComparison.Ordinal) is not (> 0 and var end)
            || !Base64Url.IsValid(slot.AsSpan(end + OfPart.Length)))
        {
            return false;
        }

        callId = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(slot.AsSpan(end + OfPart.Length)));
        state = OpaqueState.FromSlot(slot[..end], StateFormats.OpenAI, redacted: true);
        return true;
    }

    /// <summary>A slot's text without what stands behind an envelope.</summary>
    public static string WithoutPart(string slot) =>
        slot.LastIndexOf(OfPart, StringComparison.Ordinal) is > 0 and var end ? slot[..end] : slot;

    /// <summary>The slot's text for a client; null where there is no state.</summary>
    public static string? WriteSlot(OpaqueState? state) =>
        state is null or { Format: StateFormats.OpenAI, Redacted: true } ? state?.Data : state.ToEnvelope();

    /// <summary>The slot's text of an item that holds the state of another.</summary>
    /// <param name="callId">The call that it belongs to; empty for the text before it.</param>
    public static string WriteSlotOfPart(OpaqueState state, string callId) =>
        state.ToEnvelope() + OfPart + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(callId));

    private static string Join(RequestFields fields, JsonElement item, string list, string between) =>
        string.Join(between, fields.Items(item, list).Select(part => fields.Text(part, "text")));
}
