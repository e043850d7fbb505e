namespace Lightport.Providers;

/// <summary>What a family of models needs or rejects, wherever it is served.</summary>
/// <param name="Match">Model names, with <c>*</c> for any run of characters; a vendor prefix (<c>openai/</c>) is
/// ignored.</param>
internal sealed record ModelTraits(string Match)
{
    /// <summary>The vendor's page that says so.</summary>
    public required Uri Source { get; init; }

    public Traits Traits { get; init; } = Traits.Unsaid;

    /// <summary>Dialect id to rules, applied after the provider's.</summary>
    public IReadOnlyDictionary<string, ParameterRules> Parameters { get; init; } =
        new Dictionary<string, ParameterRules>();
}
