namespace Lightport.Conversation;

/// <summary>
/// How much a model should think before it answers, in whichever of the field's three ways it was said.
/// </summary>
public sealed record ReasoningOptions
{
    /// <summary>The field that the client said it in, to report it by; null is <c>reasoning_effort</c>.</summary>
    public string? Field { get; init; }

    /// <summary>False where the client turned thinking off; null where it did not say.</summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c>, <c>max</c>.
    /// </summary>
    public string? Effort { get; init; }

    /// <summary>
    /// What the request says for all turns, where a later turn says another <see cref="Effort"/>; null where none does.
    /// </summary>
    public string? StandingEffort { get; init; }

    /// <summary>The most tokens to think with.</summary>
    public int? BudgetTokens { get; init; }

    /// <summary>The model itself decides how long to think (Anthropic's adaptive thinking).</summary>
    public bool Adaptive { get; init; }

    /// <summary>Whether thinking may be left out of the answer, or summarized: a dialect's own word.</summary>
    public string? Display { get; init; }
}
