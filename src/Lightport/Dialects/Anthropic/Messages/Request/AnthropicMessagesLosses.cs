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
        DropIf(HasNames(request.Messages), "messages[].name", losses);
        DropIf(CitesElsewhere(request.Messages), "citations", losses);
        if (!AnthropicMessagesRequestEncoder.IsOwn(request))
        {
            ReportExtensions(request, losses);
        }
    }

    private static void ReportExtensions(ChatRequest request, LossLedger losses)
    {
        for (int i = 0; i < request.Extensions.Count; i++)
        {
            losses.Lose(request.Extensions[i]);
        }

        for (int i = 0; i < request.Messages.Count; i++)
        {
            IReadOnlyList<Extension> extensions = request.Messages[i].Extensions;
            for (int place = 0; place < extensions.Count; place++)
            {
                losses.Drop($"messages[].{extensions[place].Name}");
            }
        }
    }

    private static bool HasNames(IReadOnlyList<Message> messages)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Name is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool CitesElsewhere(IReadOnlyList<Message> messages)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Parts.Has(CitesElsewhere))
            {
                return true;
            }
        }

        return false;
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
