namespace Lightport.Enrichment.Sources;

/// <summary>The sources of a configuration, by name.</summary>
internal sealed class ContextSettings
{
    private readonly Dictionary<string, ContextSource> _byName;

    public ContextSettings(IReadOnlyList<ContextSource> all)
    {
        All = all;
        _byName = all.ToDictionary(source => source.Name, StringComparer.Ordinal);
        HasTools = all.Any(source => source.Place == ContextPlace.Tool);
    }

    public static ContextSettings None { get; } = new([]);

    public IReadOnlyList<ContextSource> All { get; }

    /// <summary>Some of them are tools.</summary>
    public bool HasTools { get; }

    /// <summary>Null where there is no such source.</summary>
    public ContextSource? Find(string name) => _byName.GetValueOrDefault(name);
}
