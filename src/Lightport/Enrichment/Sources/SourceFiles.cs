using System.Collections.Concurrent;

namespace Lightport.Enrichment.Sources;

/// <summary>The texts of files and folders below one folder, followed as they change.</summary>
/// <param name="root">Nothing outside of it is read, by whatever links.</param>
internal sealed class SourceFiles(string root, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, WatchedText> _texts = new(StringComparer.Ordinal);

    /// <exception cref="SourceException">It cannot be read.</exception>
    public string Read(FileSource source) =>
        _texts.GetOrAdd(source.Path, path => new WatchedText(Path.GetFullPath(root), path, clock)).Read();
}
