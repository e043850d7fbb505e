using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reports what Messages has no word for. What needs a closer look is reported where it is written.</summary>
internal static class AnthropicMessagesLosses
{
    public static void Report(ChatRequest request, LossLedger losses)
    {
        GenerationOptions options = request.Options;
        if (options.ChoiceCount > 1)
        {
            losses.Reject("n");
        }

        if (options.Modalities.Count > 0 && options.Modalities.Any(modality => modality != "text"))
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
        DropIf(options.Metadata is { ValueKind: not JsonValueKind.Null }, "metadata", losses);
        DropIf(request.Messages.HaveNames(), "messages[].name", losses);
        DropIf(request.Messages.HavePart(CitesElsewhere), "citations", losses);
        if (!AnthropicMessagesRequestEncoder.IsOwn(request))
        {
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
    }

    /// <summary>The API checks each citation against what it searched itself.</summary>
    private static bool CitesElsewhere(ContentPart part) =>
        part is TextPart { Citations.Count: > 0 } text
        && text.Citations.Any(citation => !AnthropicMessagesCitations.IsNative(citation));

    private static void DropIf(bool present, string field, LossLedger losses)
    {
        if (present)
        {
            losses.Drop(field);
        }
    }
}
