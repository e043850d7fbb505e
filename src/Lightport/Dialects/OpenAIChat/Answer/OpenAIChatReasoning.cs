using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Reads thinking under its three names: <c>reasoning_content</c>, <c>reasoning</c>, and OpenRouter's
/// <c>reasoning_details</c> (https://openrouter.ai/docs/use-cases/reasoning-tokens), which wins since it alone has the
/// state.
/// </summary>
internal static class OpenAIChatReasoning
{
    /// <summary>The thinking of a message, of a request or of an answer.</summary>
    public static List<ContentPart> Decode(JsonElement message)
    {
        List<ContentPart> parts = [];
        foreach (JsonElement detail in message.ItemsOf(OpenAIChatWire.ReasoningDetails))
        {
            if (!BelongsToCall(detail, message))
            {
                Add(parts, detail);
            }
        }

        string plain = Plain(message);
        if (plain.Length == 0 || parts.OfType<ReasoningPart>().Any(part => part.Text.Length > 0))
        {
            return parts;
        }

        // Only state came in the details: the words are beside them.
        if (parts is [ReasoningPart first, ..] && MayHoldText(first.State))
        {
            parts[0] = first with { Text = plain };
        }
        else
        {
            parts.Insert(0, new ReasoningPart(plain));
        }

        return parts;
    }

    /// <summary>
    /// What the provider wants back beside a call: OpenRouter names the call, Google puts it in the call.
    /// </summary>
    public static OpaqueState? StateOfCall(JsonElement call, string callId, JsonElement message)
    {
        foreach (JsonElement detail in message.ItemsOf(OpenAIChatWire.ReasoningDetails))
        {
            if (detail.TextOf("id") == callId && detail.TextOf("data") is { } data)
            {
                return new OpaqueState(detail.TextOf("format") ?? StateFormats.Gemini, data);
            }
        }

        return Signature(call) is { } signature ? OpaqueState.FromSlot(signature, StateFormats.Gemini) : null;
    }

    /// <summary>The text of a <c>thinking</c> part, which Mistral sends in a message's content.</summary>
    public static string ThinkingText(JsonElement part) => part.ValueOf("thinking") switch
    {
        { ValueKind: JsonValueKind.String } text => text.Text(),
        { ValueKind: JsonValueKind.Array } list =>
            string.Concat(list.EnumerateArray().Select(item => item.TextOf("text"))),
        _ => "",
    };

    /// <summary>The state that one detail carries, if it carries one.</summary>
    public static OpaqueState? StateOf(JsonElement detail)
    {
        string format = detail.TextOf("format") ?? StateFormats.Anthropic;
        if (detail.TextOf("type") == "reasoning.encrypted")
        {
            return detail.TextOf("data") is { Length: > 0 } data ? new OpaqueState(format, data, Redacted: true) : null;
        }

        if (detail.TextOf("signature") is { Length: > 0 } signature)
        {
            return new OpaqueState(format, signature);
        }

        return format == StateFormats.None ? new OpaqueState(format, "") : null;
    }

    public static string TextOfDetail(JsonElement detail) => detail.TextOf("text") ?? detail.TextOf("summary") ?? "";

    /// <summary>
    /// Anthropic's redacted thinking stands alone; encrypted reasoning of others belongs to the summary before.
    /// </summary>
    public static bool MayHoldText(OpaqueState? state) =>
        state is not { Redacted: true, Format: StateFormats.Anthropic };

    private static string? Signature(JsonElement call) =>
        call.ValueOf(OpenAIChatWire.ExtraContent) is { } extra && extra.ValueOf("google") is { } google
            ? google.TextOf("thought_signature")
            : null;

    private static string Plain(JsonElement message) =>
        message.TextOf(OpenAIChatWire.ReasoningContent) is { Length: > 0 } content
            ? content
            : message.TextOf(OpenAIChatWire.Reasoning) ?? "";

    private static bool BelongsToCall(JsonElement detail, JsonElement message) =>
        detail.TextOf("id") is { } id && message.ItemsOf("tool_calls").Any(call => call.TextOf("id") == id);

    private static void Add(List<ContentPart> parts, JsonElement detail)
    {
        string text = TextOfDetail(detail);
        OpaqueState? state = StateOf(detail);
        if (parts is [.., ReasoningPart { State: null } open] && MayHoldText(state))
        {
            parts[^1] = open with { Text = open.Text + text, State = state };
        }
        else if (text.Length > 0 || state is not null)
        {
            parts.Add(new ReasoningPart(text) { State = state });
        }
    }
}
