using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>How much of what a client asks for Google's models take, in each of their dialects.</summary>
internal static class GoogleGeminiLimits
{
    public static int? MaxTokens(GenerationOptions options, EncodingContext context)
    {
        if (options.MaxOutputTokens > context.Traits.MaxOutputTokens)
        {
            // More than the model can say is refused by some, not clamped.
            context.Losses.Note(options.MaxOutputTokensField ?? "max_tokens");
            return context.Traits.MaxOutputTokens;
        }

        return options.MaxOutputTokens;
    }

    /// <summary>The field is of 32 bits.</summary>
    public static int? Seed(GenerationOptions options, LossLedger losses)
    {
        if (options.Seed is >= int.MinValue and <= int.MaxValue)
        {
            return (int)options.Seed.Value;
        }

        if (options.Seed is not null)
        {
            losses.Note("seed");
        }

        return null;
    }

    public static string[] Stop(GenerationOptions options, LossLedger losses)
    {
        string[] kept =
            [.. options.Stop.Where(sequence => sequence.Length > 0).Take(GoogleGeminiWire.MostStopSequences)];
        if (kept.Length < options.Stop.Count)
        {
            losses.Note("stop");
        }

        return kept;
    }
}
