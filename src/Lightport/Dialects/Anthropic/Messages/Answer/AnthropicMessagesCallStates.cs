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
            if (IsOfACall(parts[i - 1]) && Signed(parts[i], parts[i - 1].State) is { } signed)
            {
                parts[i] = signed;
                parts.RemoveAt(--i);
            }
        }
    }

    /// <summary>Null where it is no call that lacks its state.</summary>
    private static ContentPart? Signed(ContentPart part, OpaqueState? state) => part switch
    {
        ToolCallPart { State: null } call => call with { State = state },
        McpCallPart { Made: { State: null } made } run => run with { Made = made with { State = state } },
        _ => null,
    };

    private static bool IsOfACall(ContentPart part) =>
        part is ReasoningPart { Text: "", State: { Redacted: false, Format: not StateFormats.Anthropic } };
}
