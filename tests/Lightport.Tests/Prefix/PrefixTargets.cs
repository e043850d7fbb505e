using Lightport.Dialects;

namespace Lightport.Tests.Prefix;

/// <summary>A target of every kind that an encoder tells apart.</summary>
internal static class PrefixTargets
{
    /// <summary>What the gateway is set up with: a model for each kind.</summary>
    public const string Models = """
          google: {}
          served: { use: vllm, base-url: "https://vllm.example/v1", auth: none }
        models:
          chat-exact: { unsupported: drop, targets: [openai/m] }
          chat-reasoning: { unsupported: drop, targets: [{ to: openai/m, traits: { thinking: effort, developer-role: on } }] }
          chat-content: { unsupported: drop, targets: [{ to: loose/m, traits: { system-turns: in-place, reasoning-field: reasoning_content } }] }
          chat-details: { unsupported: drop, targets: [{ to: loose/m, traits: { system-turns: in-place, reasoning-field: reasoning_details } }] }
          chat-google: { unsupported: drop, targets: [{ to: loose/m, traits: { system-turns: in-place, reasoning-field: extra_content } }] }
          chat-plain: { unsupported: drop, targets: [{ to: loose/m, traits: { system-turns: in-place, structured-output: off, forced-tools: off } }] }
          chat-strict: { unsupported: drop, targets: [{ to: loose/m, traits: { system-turns: in-user-turn, reasoning-field: reasoning_content } }] }
          chat-merged: { unsupported: drop, targets: [{ to: loose/m, traits: { system-turns: merged } }] }
          messages-plain: { unsupported: drop, targets: [{ to: anthropic/m, traits: { thinking: none, structured-output: off } }] }
          messages-budget: { unsupported: drop, targets: [{ to: anthropic/m, traits: { thinking: budget, max-output-tokens: 64000 } }] }
          messages-effort: { unsupported: drop, targets: [{ to: anthropic/m, traits: { thinking: effort } }] }
          messages-adaptive: { unsupported: drop, targets: [{ to: anthropic/m, traits: { thinking: adaptive, forced-tools: off } }] }
          messages-native: { unsupported: drop, targets: [{ to: anthropic/m, traits: { thinking: budget, structured-output: off } }] }
          messages-served: { unsupported: drop, targets: [served/m] }
          gemini-levels: { unsupported: drop, targets: [google/gemini-3-flash-preview] }
          gemini-budget: { unsupported: drop, targets: [google/gemini-2.5-flash] }
          interactions: { unsupported: drop, targets: [{ to: google/gemini-3-flash-preview, traits: { endpoint: google-interactions, endpoint-always: on } }] }
          responses-sealed: { unsupported: drop, targets: [{ to: openai/m, traits: { endpoint: openai-responses, endpoint-always: on, thinking: effort, developer-role: on } }] }
          responses-plain: { unsupported: drop, targets: [{ to: openai/m, traits: { endpoint: openai-responses, endpoint-always: on, reasoning-field: reasoning_text } }] }
        """;

    private static readonly string[] All =
    [
        "chat-exact", "chat-reasoning", "chat-content", "chat-details", "chat-google", "chat-plain", "chat-strict",
        "chat-merged", "messages-plain", "messages-budget", "messages-effort", "messages-adaptive", "messages-native",
        "messages-served", "gemini-levels", "gemini-budget", "interactions", "responses-sealed", "responses-plain",
    ];

    /// <summary>Their providers hear Responses too, so that its bytes pass.</summary>
    private static readonly string[] HasResponses = ["chat-exact", "chat-reasoning", "messages-served"];

    /// <summary>Completions have no turns, so there is no more of them.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string target in All)
            {
                pairs.Add(DialectIds.OpenAIChat, target);
                pairs.Add(DialectIds.AnthropicMessages, target);
                pairs.Add(DialectIds.GoogleGemini, target);
                pairs.Add(DialectIds.GoogleInteractions, target);
                if (!HasResponses.Contains(target))
                {
                    pairs.Add(DialectIds.OpenAIResponses, target);
                }
            }

            return pairs;
        }
    }

    /// <summary>A provider that has both dialects hears each client in its own.</summary>
    public static bool Passes(string target, string client) =>
        target == "messages-served"
            ? client is DialectIds.OpenAIChat or DialectIds.AnthropicMessages
            : Speaks(target) == client || (client == DialectIds.GoogleInteractions && IsGoogle(target));

    /// <summary>What the provider hears: one that has both is asked in chat by clients of neither.</summary>
    public static string Hears(string target, string client) => Passes(target, client) ? client
        : target == "messages-served" ? DialectIds.OpenAIChat
        : Speaks(target);

    private static string Speaks(string target) => IsMessages(target) ? DialectIds.AnthropicMessages
        : IsGoogle(target) ? DialectIds.GoogleGemini
        : IsInteractions(target) ? DialectIds.GoogleInteractions
        : IsResponses(target) ? DialectIds.OpenAIResponses
        : DialectIds.OpenAIChat;

    public static bool IsResponses(string target) => target.StartsWith("responses-", StringComparison.Ordinal);

    private static bool IsGoogle(string target) => target.StartsWith("gemini-", StringComparison.Ordinal);

    public static bool IsInteractions(string target) => target == "interactions";

    public static bool IsMessages(string target) => target.StartsWith("messages-", StringComparison.Ordinal);

    /// <summary>Claude Code's line goes to Anthropic as it is: what changes there is the client's own.</summary>
    public static bool HidesBilling(string target, string client) =>
        client == DialectIds.AnthropicMessages && (target == "messages-served" || !Passes(target, client));

    /// <summary>
    /// Two exceptions: where a chat template takes no system turn but the first, and a route asks for all of them to
    /// be put there, one that comes later changes the start; and a summary that the client had made of its history
    /// takes that history's place.
    /// </summary>
    public static bool CanHold(string target, Talk talk) =>
        Passes(target, talk.Dialect)
        || ((target != "chat-merged" || !talk.HasLaterSystemTurns) && (IsMessages(target) || !talk.HasSummary));

    public static Folding Folding(string target, string client) => target switch
    {
        _ when Passes(target, client) => Prefix.Folding.None,

        // The model's turns in a row are one turn of Gemini's clients, and its items of those of Responses.
        _ when client is DialectIds.GoogleGemini or DialectIds.GoogleInteractions or DialectIds.OpenAIResponses =>
            Prefix.Folding.BlocksAndText,
        _ when IsMessages(target) || Speaks(target) is DialectIds.GoogleGemini or DialectIds.GoogleInteractions =>
            Prefix.Folding.Blocks,
        "chat-strict" or "chat-merged" => Prefix.Folding.BlocksAndText,
        _ => Prefix.Folding.None,
    };
}
