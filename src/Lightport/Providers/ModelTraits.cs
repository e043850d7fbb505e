namespace Lightport.Providers;

/// <summary>What a family of models needs or rejects, wherever it is served.</summary>
/// <param name="Match">Model names, with <c>*</c> for any run of characters; a vendor prefix (<c>openai/</c>) is
/// ignored.</param>
public sealed record ModelTraits(string Match)
{
    /// <summary>The vendor's page that says so.</summary>
    public required Uri Source { get; init; }

    /// <summary>The most tokens of one answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>
    /// <c>none</c>, <c>effort</c>, <c>budget</c> or <c>adaptive</c>; null where the family does not say.
    /// </summary>
    public string? Thinking { get; init; }

    /// <summary>Takes a JSON Schema for its answer.</summary>
    public bool? StructuredOutput { get; init; }

    /// <summary>Accepts temperature, top_p and top_k.</summary>
    public bool? Sampling { get; init; }

    /// <summary>Dialect id to rules, applied after the provider's.</summary>
    public IReadOnlyDictionary<string, ParameterRules> Parameters { get; init; } =
        new Dictionary<string, ParameterRules>();
}
