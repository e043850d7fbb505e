namespace Lightport.Storage.Files;

/// <summary>
/// The folder of the file-backed stores, held for one process: each keeps in memory what it has written, so a second
/// one would write over the first one's keys. The system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = ".lock";

    private readonly FileStream? _lock;

    /// <exception cref="IOException">Another process has it; the message is for whoever starts this one.</exception>
    public DataFolder(string path)
    {
        Root = path;
        string name = Path.Combine(path, LockName);
        try
        {
            Directory.CreateDirectory(path);
            _lock = new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException && !File.Exists(name))
        {
            // Nothing can be written here, by this process or another; whoever wants to is told so then.
        }
        catch (IOException e)
        {
            throw new IOException(
                $"Another gateway keeps its keys and usage in {Path.GetFullPath(path)}. Stop it, or give this one a "
                + "folder of its own by LIGHTPORT_DATA. Several instances share keys and usage in tables, on Azure.",
                e);
        }
    }

    public string Root { get; }

    public void Dispose() => _lock?.Dispose();
}
