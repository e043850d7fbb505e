using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reports what none of Google's dialects has a word for. What needs a closer look is reported where it is written.
/// </summary>
internal static class GoogleGeminiLosses
{
    /// <param name="dialect">The one that is spoken: what its own clients say beside the model's words is kept.</param>
    public static void Report(ChatRequest request, string dialect, LossLedger losses)
    {
        GenerationOptions options = request.Options;
        DropIf(options.LogitBias is { ValueKind: not JsonValueKind.Null }, "logit_bias", losses);
        DropIf(options.Verbosity is not null, "verbosity", losses);
        DropIf(options.PromptCacheKey is not null, "prompt_cache_key", losses);
        DropIf(options.Metadata is { ValueKind: not JsonValueKind.Null }, "metadata", losses);
        DropIf(options.User is not null, options.UserField ?? "user", losses);
        DropIf(options.ParallelToolCalls == false && request.Tools.Count > 0, "parallel_tool_calls", losses);
        DropIf(request.Messages.HaveNames(), "messages[].name", losses);
        if (request.Dialect == dialect)
        {
            return;
        }

        foreach (Extension extension in request.Extensions)
        {
            losses.Lose(extension);
        }

        for (int i = 0; i < request.Messages.Count; i++)
        {
            foreach (Extension extension in request.Messages[i].Extensions)
            {
                losses.Drop($"messages[].{extension.Name}");
            }
        }
    }

    private static void DropIf(bool present, string field, LossLedger losses)
    {
        if (present)
        {
            losses.Drop(field);
        }
    }
}
