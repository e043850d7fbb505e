using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>What the readers of one document share.</summary>
/// <param name="Catalog">The providers that there are.</param>
/// <param name="EnvironmentNames">The names of the settings and secrets that have a value here.</param>
/// <param name="Errors">What is wrong with the document.</param>
internal sealed record ReadingContext(
    ProviderCatalog Catalog,
    IReadOnlySet<string> EnvironmentNames,
    ConfigurationErrors Errors);
