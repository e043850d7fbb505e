using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Thinking and its signature, both ways. Claude's is the one that Anthropic itself makes
/// (https://platform.claude.com/docs/en/build-with-claude/extended-thinking), so either can read it.
/// </summary>
internal static class AwsConverseReasoning
{
    public static OpaqueState? Signature(string? signature) =>
        string.IsNullOrEmpty(signature) ? null : OpaqueState.FromSlot(signature, StateFormats.Anthropic);

    /// <summary>What is thought unreadably; the wire has its text as base64 of the text that Anthropic has.</summary>
    public static OpaqueState Redacted(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        bool isBase64 = Convert.TryFromBase64String(base64, bytes, out int length);
        string data = isBase64 ? Encoding.UTF8.GetString(bytes, 0, length) : base64;
        return OpaqueState.FromSlot(data, StateFormats.Anthropic, redacted: true);
    }

    /// <summary>Writes the block of reasoning that its maker signed.</summary>
    public static void Write(Utf8JsonWriter writer, ReasoningPart part)
    {
        writer.WriteStartObject("reasoningContent"u8);
        if (part is { Text: "", State.Redacted: true })
        {
            writer.WriteBase64String("redactedContent"u8, Encoding.UTF8.GetBytes(part.State.Data));
        }
        else
        {
            writer.WriteStartObject("reasoningText"u8);
            writer.WriteString("text"u8, part.Text);
            writer.WriteString("signature"u8, part.State!.Data);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
