using System.Collections.Concurrent;

namespace Lightport.Enrichment.Sources;

/// <summary>The texts of files and folders below one folder, followed as they change.</summary>
/// <param name="root">Nothing outside of it is read, by whatever links.</param>
internal sealed class SourceFiles(string root, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, WatchedText> _texts = new(StringComparer.Ordinal);

    /// <summary>Why a file or folder cannot be read at this moment; null where it can.</summary>
    public static string? Problem(string root, string path)
    {
        try
        {
            new WatchedText(Path.GetFullPath(root), path, TimeProvider.System).Read();
            return null;
        }
        catch (SourceException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="SourceException">It cannot be read.</exception>
    public string Read(FileSource source) =>
        _texts.GetOrAdd(source.Path, path => new WatchedText(Path.GetFullPath(root), path, clock)).Read();
}
