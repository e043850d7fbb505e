using System.Collections.Concurrent;

namespace Lightport.Providers;

/// <summary>
/// Data of models in one embedded file a provider, parsed when its provider is first asked for and kept: a start reads
/// none, and a request looks up by name alone.
/// </summary>
/// <param name="folder">Where the files are, with a slash at the end.</param>
/// <param name="parse">Reads a file, given its name for errors.</param>
internal sealed class ModelTables<T>(string folder, Func<string, byte[], ModelTable<T>> parse)
    where T : class
{
    private readonly HashSet<string> _files = EmbeddedFile.Names(folder);
    private readonly ConcurrentDictionary<string, ModelTable<T>> _tables = new(StringComparer.Ordinal);

    /// <summary>The ids of the providers that there is a file of.</summary>
    public IReadOnlyCollection<string> Providers => _files;

    /// <param name="provider">A provider's id in the catalog.</param>
    /// <returns>An empty table where nothing is known of the provider.</returns>
    /// <exception cref="DataFileException">Its file breaks the format; the message names file and key.</exception>
    public ModelTable<T> Of(string provider) =>
        _tables.TryGetValue(provider, out ModelTable<T>? table) ? table
        : _files.Contains(provider) ? _tables.GetOrAdd(provider, Read)
        : ModelTable<T>.Empty;

    private ModelTable<T> Read(string provider)
    {
        string file = $"{folder}{provider}.json";
        return parse(file, EmbeddedFile.Read(file));
    }
}
