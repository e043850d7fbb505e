namespace Lightport.Exchanges.Limits;

/// <summary>
/// What one attempt can use at most: docs/limits.md tells how each number is found. Money is in billionths of a dollar.
/// </summary>
internal readonly record struct AttemptBound
{
    /// <summary>Billionths of a dollar for a token, where a million tokens cost a dollar.</summary>
    private const decimal NanoDollarsPerRate = 1_000m;

    /// <summary>More does not fit a counter, and is more than anybody allows.</summary>
    private const decimal MostNanoDollars = 4_000_000_000_000_000_000m;

    /// <summary>Tokens of the prompt, at most.</summary>
    public long Prompt { get; init; }

    /// <summary>The same as it is likely to be.</summary>
    public long LikelyPrompt { get; init; }

    public long Answers { get; init; }

    /// <summary>The most tokens of each answer, as the client says or as the model itself keeps to.</summary>
    public long Output { get; init; }

    /// <summary>The client said nothing of it, so that less may be set.</summary>
    public bool CanSetOutput { get; init; }

    /// <summary>Nobody says a most: it must be set.</summary>
    public bool MustSetOutput { get; init; }

    /// <summary>Dollars for a million tokens of the dearest kind of input that the price has.</summary>
    public decimal PromptRate { get; init; }

    public decimal OutputRate { get; init; }

    /// <summary>Dollars for the request and all that is billed by the piece.</summary>
    public decimal Fees { get; init; }

    /// <summary>Why nothing bounds its cost, as a sentence that says what to do; null where something does.</summary>
    public string? Unpriced { get; init; }

    /// <summary>The prompt grows while the answer is made, by what tools of the provider's bring.</summary>
    public bool Grows { get; init; }

    public long Tokens(long output) => Sum(Prompt, output);

    public long LikelyTokens(long output) => Sum(LikelyPrompt, output);

    public long Cost(long output)
    {
        decimal tokens = (Prompt * PromptRate) + ((decimal)Answers * output * OutputRate);
        decimal cost = (tokens * NanoDollarsPerRate) + (Fees * NanoDollars.PerDollar);
        return (long)Math.Ceiling(Math.Min(cost, MostNanoDollars));
    }

    /// <summary>How long answers may be that so many tokens are left for; not above zero where none may.</summary>
    public long OutputWithin(long tokens) =>
        (tokens - (Prompt < tokens ? Prompt : LikelyPrompt)) / Answers;

    /// <summary>How long answers may be that so much money is left for.</summary>
    public long OutputFor(long nanoDollars)
    {
        decimal left = nanoDollars - Cost(0);
        return OutputRate > 0 ? (long)(left / (OutputRate * NanoDollarsPerRate * Answers)) : 0;
    }

    private long Sum(long prompt, long output)
    {
        decimal sum = prompt + ((decimal)Answers * output);
        return (long)Math.Min(sum, MostNanoDollars);
    }
}
