using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>What bounds the answers of a completion, read off its bytes: each prompt of a list has its own.</summary>
internal static class OpenAICompletionsBounds
{
    /// <summary>The tokens of a list without its two brackets are its items, at most.</summary>
    private const int Brackets = 2;

    public static RequestBounds Of(JsonEnvelope body)
    {
        SaidNumber tried = BoundFields.Largest(body, "best_of");
        RequestBounds bounds = BoundFields.WithOutput(
            new RequestBounds { OutputField = "max_tokens" }, BoundFields.Largest(body, "max_tokens"));
        bounds = BoundFields.WithAnswers(
            bounds, BoundFields.Largest(body, "n").And(tried), tried.IsUnclear ? "best_of" : "n");
        long each = bounds.Answers ?? 1;
        long prompts = body.TryGet("prompt", out JsonField prompt) && prompt.Type == JsonTokenType.StartArray
            ? Math.Max(1, prompt.Tokens - Brackets)
            : 1;
        bool isOfTokens = prompts > 1 && !body.Value(prompt).ContainsAny((byte)'"', (byte)'[');
        return bounds with { Answers = isOfTokens ? each : Saturated(each, prompts) };
    }

    private static long Saturated(long each, long prompts) =>
        each > long.MaxValue / prompts ? long.MaxValue : each * prompts;
}
