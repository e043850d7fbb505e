using System.Globalization;
using System.Text;

namespace Lightport.Audit;

/// <summary>
/// Files in a folder, one after the other by their number, each up to a size. What is written is on the disk before
/// the next is. Nothing is ever removed: that is for whoever runs the gateway.
/// </summary>
internal sealed class FileAuditSink : IAuditSink
{
    /// <summary>64 MiB, which a reader can hold.</summary>
    internal const long MostBytes = 64 << 20;

    /// <summary>The longest record is shorter.</summary>
    private const int TailBytes = 256 << 10;

    private const string LockName = ".lock";

    private readonly string _folder;
    private readonly long _most;
    private readonly FileStream _lock;
    private readonly LastMark _mark;
    private FileStream _file;
    private int _number;

    /// <param name="marks">The folder that remembers what was written last; null for the records' own.</param>
    /// <exception cref="IOException">The folder cannot be written to, or another process writes there.</exception>
    public FileAuditSink(string folder, long mostBytes = MostBytes, string? marks = null)
    {
        (_folder, _most) = (folder, mostBytes);
        try
        {
            Directory.CreateDirectory(folder);
            _lock = Lock(folder);
            _mark = new LastMark(MarkOf(folder, marks));
        }
        catch (IOException)
        {
            _lock?.Dispose();
            throw;
        }
        catch (UnauthorizedAccessException e)
        {
            _lock?.Dispose();
            throw new IOException($"{folder} cannot be written to. Give the gateway a folder that it may write to.", e);
        }

        try
        {
            string? newest = Files(folder).LastOrDefault();
            _number = newest is null ? 1 : NumberOf(newest);
            _file = Open();
            LastHash = Recover();
            MissingHash = _mark.Hash is { } mark && mark != LastHash && !Holds(mark) ? mark : null;
        }
        catch
        {
            _file?.Dispose();
            _mark.Dispose();
            _lock.Dispose();
            throw;
        }
    }

    public string? LastHash { get; }

    public string? MissingHash { get; }

    /// <summary>The files of a folder, in the order of their records.</summary>
    public static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(folder, "audit-*.jsonl")
        .Order(StringComparer.Ordinal);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, string lastHash, CancellationToken cancellationToken)
    {
        Write(lines.Span);
        _mark.Set(lastHash);
        return ValueTask.CompletedTask;
    }

    private void Write(ReadOnlySpan<byte> lines)
    {
        if (_file.Length > 0 && _file.Length + lines.Length > _most)
        {
            _number++;
            FileStream full = _file;
            _file = Open();
            full.Dispose();
        }

        long sound = _file.Length;
        try
        {
            _file.Write(lines);
            _file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CutBack(sound);
            throw new IOException($"{_file.Name} cannot be written: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _mark.Dispose();
        _lock.Dispose();
    }

    /// <exception cref="IOException">Another process has it; the message says what to do.</exception>
    private static FileStream Lock(string folder)
    {
        string path = Path.Combine(folder, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException(
                $"Another process writes to {Path.GetFullPath(folder)}; give each its own audit.folder.", e);
        }
    }

    private static string MarkOf(string folder, string? marks)
    {
        if (marks is not null)
        {
            Directory.CreateDirectory(marks);
        }

        return AuditHead.PathOf(folder, marks);
    }

    /// <summary>Whether a record of that hash is in the newest file or the one before it.</summary>
    private bool Holds(string hash)
    {
        byte[] end = [.. AuditFields.BeforeHash, .. Encoding.ASCII.GetBytes(hash), .. AuditFields.AfterHash];
        return Holds(PathOf(_number), end) || (_number > 1 && Holds(PathOf(_number - 1), end));
    }

    private static bool Holds(string path, ReadOnlySpan<byte> text)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] all = new byte[file.Length];
        file.ReadExactly(all);
        return all.AsSpan().IndexOf(text) >= 0;
    }

    /// <summary>What was written of the lines in part goes, so that they can be written again.</summary>
    private void CutBack(long sound)
    {
        try
        {
            _file.SetLength(sound);
        }
        catch (IOException)
        {
            // The next writing fails as well, or finds the rest and makes a line of its own of it.
            LeaveCutLine();
        }
    }

    private void LeaveCutLine()
    {
        _file.Dispose();
        _number++;
        _file = Open();
    }

    /// <summary>A line that was being written when a process was killed stays, as a line of its own.</summary>
    private string? Recover()
    {
        string? last = LastIn(_file);
        if (_file.Length > 0 && !EndsLine())
        {
            _file.Seek(0, SeekOrigin.End);
            _file.Write("\n"u8);
        }

        _file.Seek(0, SeekOrigin.End);
        if (last is null && _number > 1)
        {
            using FileStream before = File.OpenRead(PathOf(_number - 1));
            last = LastIn(before);
        }

        return last;
    }

    private bool EndsLine()
    {
        _file.Seek(-1, SeekOrigin.End);
        return _file.ReadByte() == '\n';
    }

    private static string? LastIn(FileStream file)
    {
        long from = Math.Max(0, file.Length - TailBytes);
        byte[] tail = new byte[file.Length - from];
        file.Seek(from, SeekOrigin.Begin);
        file.ReadExactly(tail);
        string? last = null;
        foreach (Range line in tail.AsSpan().Split((byte)'\n'))
        {
            last = AuditLine.Read(tail.AsSpan(line))?.Hash ?? last;
        }

        return last;
    }

    private FileStream Open() => new(
        PathOf(_number), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    private string PathOf(int number) => Path.Combine(_folder, $"audit-{number:d8}.jsonl");

    private static int NumberOf(string path) => int.TryParse(
        Path.GetFileNameWithoutExtension(path).AsSpan("audit-".Length),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out int number) ? number : 1;
}
