using System.Diagnostics.CodeAnalysis;

namespace Lightport.Providers;

/// <summary>What is known of a provider's models, found by any of the names that a provider takes for one.</summary>
/// <param name="models">By name, whatever its case.</param>
internal sealed class ModelTable<T>(IReadOnlyDictionary<string, T> models)
    where T : class
{
    public static ModelTable<T> Empty { get; } = new(new Dictionary<string, T>());

    public IReadOnlyDictionary<string, T> Models { get; } = models;

    /// <summary>
    /// A model by its own name; else the one that the name is a dated snapshot of, or that a region's prefix leads to.
    /// Null where none of them is known.
    /// </summary>
    public T? Find(string model) =>
        Models.Count > 0 && (TryFind(model, out T? found) || TryFind(ModelName.WithoutRegion(model), out found))
            ? found
            : null;

    private bool TryFind(string model, [NotNullWhen(true)] out T? found) =>
        Models.TryGetValue(model, out found)
        || (ModelName.WithoutSnapshot(model) is { } family && Models.TryGetValue(family, out found));
}
