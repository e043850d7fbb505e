using System.Collections.Concurrent;

namespace Lightport.Providers;

/// <summary>What is known of a provider's models, found by any of the names that a provider takes for one.</summary>
/// <param name="models">By name, whatever its case.</param>
internal sealed class ModelTable<T>(IReadOnlyDictionary<string, T> models)
    where T : class
{
    /// <summary>How many names are remembered; clients may make up any number of them.</summary>
    private const int MostNames = 1_000;

    // What a name leads to never changes, and each request asks for the same few: most of all for names of which
    // nothing is known, which are looked for in every way that there is.
    private readonly ConcurrentDictionary<string, T?> _found = new(StringComparer.Ordinal);
    private int _names;

    public static ModelTable<T> Empty { get; } = new(new Dictionary<string, T>());

    public IReadOnlyDictionary<string, T> Models { get; } = models;

    /// <summary>
    /// A model by its own name; else the one that the name is a dated snapshot of, or that a region's prefix leads to.
    /// Null where none of them is known.
    /// </summary>
    public T? Find(string model)
    {
        if (Models.Count == 0)
        {
            return null;
        }

        if (_found.TryGetValue(model, out T? found))
        {
            return found;
        }

        found = Look(model) ?? Look(ModelName.WithoutRegion(model));
        if (Volatile.Read(ref _names) < MostNames && _found.TryAdd(model, found))
        {
            Interlocked.Increment(ref _names);
        }

        return found;
    }

    private T? Look(string model) =>
        Models.TryGetValue(model, out T? found)
        || (ModelName.WithoutSnapshot(model) is { } family && Models.TryGetValue(family, out found))
            ? found
            : null;
}
