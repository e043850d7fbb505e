using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects;

/// <summary>Finds dialects by id. The one place that knows them all.</summary>
public sealed class DialectRegistry(
    IEnumerable<IDialect> spoken,
    IEnumerable<IServedDialect> served,
    IEnumerable<IPassthrough> passthroughs)
{
    private readonly Dictionary<string, IDialect> _spoken = spoken.ToDictionary(d => d.Id);
    private readonly Dictionary<string, IServedDialect> _served = served.ToDictionary(d => d.Id);
    private readonly Dictionary<string, IPassthrough> _passthroughs = passthroughs.ToDictionary(d => d.Dialect);

    /// <summary>The dialects that can be spoken to a provider by translation.</summary>
    public IReadOnlyCollection<string> SpokenIds => _spoken.Keys;

    /// <summary>Every dialect that a catalog file may name: spoken by translation, or passed through only.</summary>
    public IReadOnlyCollection<string> KnownIds => _passthroughs.Keys;

    public IDialect Spoken(string id) => _spoken[id];

    public IServedDialect Served(string id) => _served[id];

    public IServedDialect? FindServed(string id) => _served.GetValueOrDefault(id);

    public IPassthrough Passthrough(string id) => _passthroughs[id];
}
