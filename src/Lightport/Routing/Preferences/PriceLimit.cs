namespace Lightport.Routing.Preferences;

/// <summary>The most that a request wants to pay, in US dollars; null where it does not say.</summary>
/// <param name="Prompt">For a million tokens of input.</param>
/// <param name="Completion">For a million tokens of output.</param>
/// <param name="Request">For each request, beside its tokens.</param>
internal sealed record PriceLimit(decimal? Prompt, decimal? Completion, decimal? Request);
