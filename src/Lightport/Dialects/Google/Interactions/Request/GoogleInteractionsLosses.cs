using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reports what the Interactions API has no word for. What needs a closer look is reported where it is written.
/// </summary>
internal static class GoogleInteractionsLosses
{
    public static void Report(ChatRequest request, LossLedger losses)
    {
        GoogleGeminiLosses.Report(request, DialectIds.GoogleInteractions, losses);
        GenerationOptions options = request.Options;
        if (options.ChoiceCount > 1)
        {
            losses.Reject("n");
        }

        DropIf(options.TopK is not null, "top_k", losses);
        DropIf(options.PresencePenalty is not (null or 0), "presence_penalty", losses);
        DropIf(options.FrequencyPenalty is not (null or 0), "frequency_penalty", losses);
        DropIf(options.Logprobs == true, "logprobs", losses);
        DropIf(options.TopLogprobs is not (null or 0), "top_logprobs", losses);
        if (GoogleInteractionsRequestEncoder.IsOwn(request)
            && request.Extensions.Any(extension => extension.Name == GoogleInteractionsOwnFields.Store))
        {
            losses.Drop("store");
        }

        foreach (Extension extension in request.Extensions.Where(IsUnplaced))
        {
            losses.Lose(extension);
        }
    }

    /// <summary>Of a list's items it is not known any more in which it stood.</summary>
    private static bool IsUnplaced(Extension extension) =>
        extension.Name.StartsWith(GoogleInteractionsOwnFields.StepPrefix, StringComparison.Ordinal)
        || extension.Name.StartsWith(GoogleInteractionsOwnFields.FormatPrefix, StringComparison.Ordinal);

    private static void DropIf(bool present, string field, LossLedger losses)
    {
        if (present)
        {
            losses.Drop(field);
        }
    }
}
