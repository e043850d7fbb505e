using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes thinking: its text for those who only read, and <c>reasoning_details</c> for those who send it back.
/// </summary>
internal static class OpenAIChatReasoningWriter
{
    public static string TextOf(IReadOnlyList<ContentPart> parts) =>
        parts.Joined(static part => (part as ReasoningPart)?.Text) ?? "";

    public static bool HasState(IReadOnlyList<ContentPart> parts) =>
        parts.Has(static part => part is ReasoningPart { State: not null } or ToolCallPart { State: not null });

    /// <summary>Writes the array, the state of calls included, each named by its call's id.</summary>
    /// <param name="omitText">The client does not want to see the words; the state it still needs.</param>
    public static void WriteDetails(Utf8JsonWriter writer, IReadOnlyList<ContentPart> parts, bool omitText = false)
    {
        int index = 0;
        writer.WriteStartArray(OpenAIChatWire.ReasoningDetails);
        foreach (ContentPart part in parts)
        {
            if (part is ReasoningPart reasoning && !(omitText && reasoning.State is null))
            {
                WriteDetail(writer, omitText ? "" : reasoning.Text, reasoning.State, ref index);
            }
            else if (part is ToolCallPart { State: { } state } call)
            {
                WriteEncrypted(writer, state, index++, call.CallId);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// Writes one part, as one detail or, where the state is the thinking itself, as summary and state.
    /// </summary>
    public static void WriteDetail(Utf8JsonWriter writer, string text, OpaqueState? state, ref int index)
    {
        bool redacted = state is { Redacted: true };
        if (!redacted || text.Length > 0)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, redacted ? "reasoning.summary" : "reasoning.text");
            writer.WriteString(redacted ? "summary"u8 : "text"u8, text);
            if (!redacted && state is { Data.Length: > 0 })
            {
                writer.WriteString("signature"u8, state.Data);
            }

            WriteEnd(writer, state, index++);
        }

        if (redacted)
        {
            WriteEncrypted(writer, state!, index++, null);
        }
    }

    public static void WriteEncrypted(Utf8JsonWriter writer, OpaqueState state, int index, string? callId)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "reasoning.encrypted"u8);
        writer.WriteString("data"u8, state.Data);
        if (callId is not null)
        {
            writer.WriteString("id"u8, callId);
        }

        WriteEnd(writer, state, index);
    }

    private static void WriteEnd(Utf8JsonWriter writer, OpaqueState? state, int index)
    {
        writer.WriteString("format"u8, state?.Format ?? "unknown");
        writer.WriteNumber("index"u8, index);
        writer.WriteOptional(OpenAIChatReasoning.Account, state?.Account);
        writer.WriteOptional(OpenAIChatReasoning.Model, state?.Model);
        writer.WriteEndObject();
    }
}
