using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>One entry under <c>models</c>, before names are looked up.</summary>
/// <param name="Name">What clients ask for; with a star, a wildcard.</param>
/// <param name="References">What is tried, in order: targets first, then fallbacks.</param>
/// <param name="Policy">The route without its targets.</param>
internal sealed record ModelEntry(ScalarNode Name, IReadOnlyList<ModelReference> References, Route Policy)
{
    public bool IsWildcard => Name.Value.Contains('*', StringComparison.Ordinal);
}
