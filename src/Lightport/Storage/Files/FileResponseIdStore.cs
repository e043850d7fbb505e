using System.Globalization;

namespace Lightport.Storage.Files;

/// <summary>
/// Ids in files of some thousands each. When all of a file's have expired it goes, and of more than can be kept the
/// oldest file goes first: neither takes a look at any id.
/// </summary>
/// <param name="folder">Made with the first id.</param>
/// <param name="inSegment">How many ids a file holds.</param>
internal sealed class FileResponseIdStore(
    string folder, TimeProvider clock, int inSegment = FileResponseIdStore.InSegment)
    : IResponseIdStore, IDisposable
{
    private const int InSegment = 10_000;

    /// <summary>With a whole one each holds about 3 MB of memory.</summary>
    private const int MostSegments = 10;

    private const string Pattern = "*.jsonl";

    private readonly Lock _lock = new();
    private List<ResponseIdSegment>? _segments;

    public ValueTask AddAsync(IReadOnlyList<ResponseIdRecord> ids, CancellationToken cancellationToken)
    {
        Run(segments =>
        {
            Newest(segments).Add(ids);
            return 0;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<ResponseIdRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        new(Run(segments => Find(segments, owner, id)));

    public void Dispose()
    {
        lock (_lock)
        {
            _segments?.ForEach(segment => segment.Dispose());
        }
    }

    private ResponseIdRecord? Find(List<ResponseIdSegment> segments, string owner, string id)
    {
        for (int i = segments.Count - 1; i >= 0; i--)
        {
            if (segments[i].Find(owner, id) is { } found)
            {
                return found.ExpiresAt > clock.GetUtcNow() ? found : null;
            }
        }

        return null;
    }

    /// <summary>The one that is added to; what has had its time goes when another is begun.</summary>
    private ResponseIdSegment Newest(List<ResponseIdSegment> segments)
    {
        if (segments.Count > 0 && segments[^1].Count < inSegment)
        {
            return segments[^1];
        }

        if (segments.Count > 0)
        {
            segments[^1].Dispose();
        }

        while (segments.Count > 0 && (segments.Count >= MostSegments || segments[0].ExpiresAt <= clock.GetUtcNow()))
        {
            File.Delete(segments[0].Path);
            segments.RemoveAt(0);
        }

        int number = segments.Count == 0
            ? 1
            : int.Parse(Path.GetFileNameWithoutExtension(segments[^1].Path), CultureInfo.InvariantCulture) + 1;
        Directory.CreateDirectory(folder);
        segments.Add(new ResponseIdSegment(
            Path.Combine(folder, number.ToString("D8", CultureInfo.InvariantCulture) + ".jsonl")));
        return segments[^1];
    }

    private T Run<T>(Func<List<ResponseIdSegment>, T> use)
    {
        lock (_lock)
        {
            try
            {
                return use(_segments ??= Load());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(
                    StoreFailure.ReadOnly,
                    $"{folder} cannot be read or written. Give the gateway a folder that it may write to "
                    + "(LIGHTPORT_DATA).",
                    e);
            }
        }
    }

    private List<ResponseIdSegment> Load() => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal).Select(ResponseIdSegment.Load)]
        : [];
}
