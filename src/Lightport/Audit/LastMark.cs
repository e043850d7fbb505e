using System.Text;

namespace Lightport.Audit;

/// <summary>
/// Remembers beside the records which of them was written last: what is cut off their end, or put in their place, shows
/// at the next start.
/// </summary>
internal sealed class LastMark : IDisposable
{
    private readonly FileStream _file;

    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public LastMark(string path)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        Hash = AuditHead.Read(_file);
    }

    /// <summary>The record that was written last when this was opened; null where none is known.</summary>
    public string? Hash { get; }

    /// <summary>
    /// The disk may keep it later than the records: an older one is still among them, and nothing is taken for missing.
    /// </summary>
    public void Set(string hash)
    {
        _file.Position = 0;
        _file.Write(Encoding.ASCII.GetBytes(hash));
    }

    public void Dispose() => _file.Dispose();
}
