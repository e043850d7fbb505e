using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Reads thinking under its three names: <c>reasoning_content</c>, <c>reasoning</c>, and OpenRouter's
/// <c>reasoning_details</c> (https://openrouter.ai/docs/use-cases/reasoning-tokens), which wins since it alone has the
/// state.
/// </summary>
internal static class OpenAIChatReasoning
{
    /// <summary>Whose state a detail carries: the provider's name at the gateway, which alone can read some.</summary>
    public const string Account = "account";

    /// <summary>The model that made it, as that provider names it.</summary>
    public const string Model = "model";

    /// <summary>The thinking of a message, of a request or of an answer.</summary>
    public static List<ContentPart> Decode(JsonElement message)
    {
        List<ContentPart> parts = Details(message);
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

    /// <summary>The ids of a message's calls, by which a detail may say that it is the state of one.</summary>
    public static HashSet<string> CallIds(IEnumerable<JsonElement> calls) =>
        [.. calls.Select(call => call.TextOf("id")).OfType<string>()];

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
            return detail.TextOf("data") is { Length: > 0 } data
                ? Made(new OpaqueState(format, data, Redacted: true), detail)
                : null;
        }

        if (detail.TextOf("signature") is { Length: > 0 } signature)
        {
            return Made(new OpaqueState(format, signature), detail);
        }

        return format == StateFormats.None ? new OpaqueState(format, "") : null;
    }

    /// <summary>A state with the name of its maker, where a detail tells it.</summary>
    public static OpaqueState Made(OpaqueState state, JsonElement detail) =>
        state with { Account = detail.TextOf(Account), Model = detail.TextOf(Model) };

    public static string TextOfDetail(JsonElement detail) => detail.TextOf("text") ?? detail.TextOf("summary") ?? "";

    /// <summary>
    /// Anthropic's redacted thinking stands alone; encrypted reasoning of others belongs to the summary before.
    /// </summary>
    public static bool MayHoldText(OpaqueState? state) =>
        state is not { Redacted: true, Format: StateFormats.Anthropic };

    private static string Plain(JsonElement message) =>
        message.TextOf(OpenAIChatWire.ReasoningContent) is { Length: > 0 } content
            ? content
            : message.TextOf(OpenAIChatWire.Reasoning) ?? "";

    /// <summary>The details that are thinking, and not the state of a call.</summary>
    private static List<ContentPart> Details(JsonElement message)
    {
        if (message.ValueOf(OpenAIChatWire.ReasoningDetails) is not { ValueKind: JsonValueKind.Array } details)
        {
            return [];
        }

        var parts = new OpenAIChatReasoningParts();
        HashSet<string>? calls = null;
        foreach (JsonElement detail in details.EnumerateArray())
        {
            if (detail.TextOf("id") is not { } id || !(calls ??= CallIds(OpenAIChatCalls.Of(message))).Contains(id))
            {
                parts.Add(TextOfDetail(detail), StateOf(detail));
            }
        }

        return parts.ToList();
    }
}
