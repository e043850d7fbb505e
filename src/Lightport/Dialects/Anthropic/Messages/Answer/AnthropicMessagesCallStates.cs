using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// What another vendor wants back beside a call (Gemini's signature): a call has no slot for it on this wire, so it
/// rides in a thinking block without words right before the call, and is put back on the call.
/// </summary>
internal static class AnthropicMessagesCallStates
{
    /// <summary>The block that tells a call's state; null where there is none to tell.</summary>
    public static ReasoningPart? BlockBefore(ToolCallPart call) =>
        call.State is { } state ? new ReasoningPart("") { State = state } : null;

    /// <summary>Puts each state back on the call that it was told before.</summary>
    public static void Restore(List<ContentPart> parts)
    {
        for (int i = parts.Count - 1; i > 0; i--)
        {
            if (parts[i] is ToolCallPart { State: null } call && IsOfACall(parts[i - 1]))
            {
                parts[i] = call with { State = parts[i - 1].State };
                parts.RemoveAt(--i);
            }
        }
    }

    private static bool IsOfACall(ContentPart part) =>
        part is ReasoningPart { Text: "", State: { Redacted: false, Format: not StateFormats.Anthropic } };
}
