using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>One entry under <c>models</c>, before names are looked up.</summary>
/// <param name="Name">What clients ask for; with a star, a wildcard.</param>
/// <param name="Targets">What its selection puts in order.</param>
/// <param name="Fallbacks">What is tried when those fail.</param>
/// <param name="Policy">The route without its targets.</param>
internal sealed record ModelEntry(
    ScalarNode Name,
    IReadOnlyList<ModelReference> Targets,
    FallbackReferences Fallbacks,
    Route Policy)
{
    /// <summary>Where copies of its requests go; null where nowhere.</summary>
    public ShadowReference? Shadow { get; init; }

    /// <summary>The sources of context that its requests get, as they are written.</summary>
    public IReadOnlyList<ModelReference> Context { get; init; } = [];

    /// <summary>The MCP servers whose tools its requests get, as they are written.</summary>
    public IReadOnlyList<ModelReference> Tools { get; init; } = [];

    public bool IsWildcard => Name.Value.Contains('*', StringComparison.Ordinal);
}
