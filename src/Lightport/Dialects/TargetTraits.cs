namespace Lightport.Dialects;

/// <summary>
/// What an encoder must know of the provider and model that it writes for. Filled from the catalog's data.
/// </summary>
public sealed record TargetTraits
{
    public static TargetTraits Default { get; } = new();

    /// <summary>The model's own limit, for dialects that demand one; null where the catalog does not know.</summary>
    public int? MaxOutputTokens { get; init; }

    public ThinkingStyle Thinking { get; init; } = ThinkingStyle.Effort;

    /// <summary>Takes a JSON Schema for its answer; where false, a forced tool stands in.</summary>
    public bool StructuredOutput { get; init; } = true;

    /// <summary>Knows the <c>developer</c> role; where false, such turns are sent as <c>system</c>.</summary>
    public bool DeveloperRole { get; init; }

    /// <summary>Knows chat's <c>stream_options.include_usage</c>; where false, it is not sent.</summary>
    public bool StreamUsage { get; init; } = true;

    /// <summary>Accepts temperature, top_p and top_k.</summary>
    public bool Sampling { get; init; } = true;

    /// <summary>
    /// The chat field that earlier reasoning goes back in (<c>reasoning_content</c>); null where none is wanted.
    /// </summary>
    public string? ReasoningField { get; init; }
}
