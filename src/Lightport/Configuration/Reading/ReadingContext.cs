using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>What the readers of one document share.</summary>
/// <param name="Catalog">The providers that there are.</param>
/// <param name="Environment">What the surroundings say.</param>
/// <param name="Errors">What is wrong with the document.</param>
internal sealed record ReadingContext(
    ProviderCatalog Catalog,
    ConfigurationEnvironment Environment,
    ConfigurationErrors Errors)
{
    /// <summary>Callers bring their provider's key, so that none of the gateway's own is missed.</summary>
    public bool KeysComeFromCallers { get; init; }
}
