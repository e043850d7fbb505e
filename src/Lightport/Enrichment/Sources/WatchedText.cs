using System.Text;

namespace Lightport.Enrichment.Sources;

/// <summary>
/// The text of a file, or of a folder's <c>.md</c> and <c>.txt</c> files in the order of their names, each under its
/// name. It is looked at again by whoever asks, and read anew once it has settled: half a text is worse than an old
/// one.
/// </summary>
/// <param name="root">Nothing outside of it is read.</param>
/// <param name="path">Below the root.</param>
internal sealed class WatchedText(string root, string path, TimeProvider clock)
{
    /// <summary>Of all files together.</summary>
    private const long MostBytes = 1024 * 1024;

    private const int MostFiles = 200;
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>As the configuration's file has it: longer than a pause inside one saving.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Lock _lock = new();
    private DateTimeOffset? _looked;
    private string? _text;
    private string _read = "";
    private string _seen = "";

    /// <exception cref="SourceException">It is not there, is no text, too large, or outside of the root.</exception>
    public string Read()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_text is not null && _looked is { } looked && now - looked < Quiet)
            {
                return _text;
            }

            try
            {
                Look(now);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SourceException($"{path} cannot be read ({e.GetType().Name})", e);
            }

            return _text!;
        }
    }

    private void Look(DateTimeOffset now)
    {
        FileInfo[] files = Files();
        string state = string.Join('\n', files.Select(
            file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}"));
        bool isSettled = state == _seen || Array.TrueForAll(files, file => file.LastWriteTimeUtc <= now - Quiet);
        (_seen, _looked) = (state, now);
        if (_text is null || (state != _read && isSettled))
        {
            (_text, _read) = (TextOf(files), state);
        }
    }

    private FileInfo[] Files()
    {
        string whole = Path.Combine(root, path);
        if (!Directory.Exists(whole))
        {
            return [Inside(whole)];
        }

        FileInfo[] files =
        [
            .. Directory.EnumerateFiles(whole, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".md" or ".txt")
                .Order(StringComparer.Ordinal)
                .Take(MostFiles + 1)
                .Select(Inside),
        ];
        return files.Length <= MostFiles ? files
            : throw new SourceException($"{path} has more than {MostFiles} files");
    }

    /// <summary>The file itself, wherever links lead to it.</summary>
    private FileInfo Inside(string file)
    {
        string real = SourcePath.Resolve(file)
            ?? throw new SourceException($"{path} is not there");
        string home = (SourcePath.Resolve(root) ?? root).TrimEnd(Path.DirectorySeparatorChar);
        return real.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? new FileInfo(real)
            : throw new SourceException($"{path} leads out of the folder of context files");
    }

    private string TextOf(FileInfo[] files)
    {
        if (files.Sum(file => file.Length) > MostBytes)
        {
            throw new SourceException($"{path} has more than {MostBytes >> 20} MiB");
        }

        if (!Directory.Exists(Path.Combine(root, path)))
        {
            return TextOf(files[0]);
        }

        var text = new StringBuilder();
        foreach (FileInfo file in files)
        {
            text.Append("# ").Append(file.Name).Append("\n\n").Append(TextOf(file).Trim()).Append("\n\n");
        }

        return text.ToString();
    }

    private string TextOf(FileInfo file)
    {
        try
        {
            string text = StrictUtf8.GetString(File.ReadAllBytes(file.FullName)).TrimStart(ByteOrderMark);
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new SourceException($"{path} is no text")
                : text;
        }
        catch (DecoderFallbackException e)
        {
            throw new SourceException($"{path} is no UTF-8 text", e);
        }
    }
}
