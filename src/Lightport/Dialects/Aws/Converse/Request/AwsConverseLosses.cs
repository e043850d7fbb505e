using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Reports what Converse has no word for. What needs a closer look is reported where it is written.</summary>
internal static class AwsConverseLosses
{
    /// <param name="own">Converse's own fields, which a client of any dialect may send.</param>
    public static void Report(ChatRequest request, LossLedger losses, string[] own)
    {
        GenerationOptions options = request.Options;
        if (options.ChoiceCount > 1)
        {
            losses.Reject("n");
        }

        if (options.Modalities.Any(modality => modality != "text"))
        {
            losses.Reject("modalities");
        }

        DropIf(options.Seed is not null, "seed", losses);
        DropIf(options.FrequencyPenalty is not (null or 0), "frequency_penalty", losses);
        DropIf(options.PresencePenalty is not (null or 0), "presence_penalty", losses);
        DropIf(options.Logprobs == true, "logprobs", losses);
        DropIf(options.TopLogprobs is not (null or 0), "top_logprobs", losses);
        DropIf(options.LogitBias is { ValueKind: not JsonValueKind.Null }, "logit_bias", losses);
        DropIf(options.Verbosity is not null, "verbosity", losses);
        DropIf(options.PromptCacheKey is not null, "prompt_cache_key", losses);
        DropIf(options.ParallelToolCalls == false && request.Tools.Count > 0, "parallel_tool_calls", losses);
        DropIf(request.Messages.HaveNames(), "messages[].name", losses);
        DropIf(
            request.Messages.HavePart(static part => part is TextPart { Citations.Count: > 0 }), "citations", losses);
        if (options.User is not null)
        {
            string field = options.UserField ?? "user";
            losses.Drop(field);
        }

        foreach (Extension extension in request.Extensions)
        {
            if (!own.Contains(extension.Name))
            {
                losses.Lose(extension);
            }
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
