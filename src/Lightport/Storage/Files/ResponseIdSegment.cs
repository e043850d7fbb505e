using System.Buffers;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>
/// A stretch of ids in the order in which they came: a line each in a file, to which is only ever added, and all of
/// them in memory.
/// </summary>
internal sealed class ResponseIdSegment(string path) : IDisposable
{
    private readonly Dictionary<(string Owner, string Id), ResponseIdRecord> _records = [];
    private FileStream? _file;

    public string Path => path;

    public int Count => _records.Count;

    /// <summary>When the last of its ids expires.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Reads a file. A line that is not whole was being written when a process ended.</summary>
    public static ResponseIdSegment Load(string path)
    {
        var segment = new ResponseIdSegment(path);
        foreach (string line in File.ReadLines(path))
        {
            if (Read(line) is { } record)
            {
                segment.Take(record);
            }
        }

        return segment;
    }

    /// <summary>Null where it is not here.</summary>
    public ResponseIdRecord? Find(string owner, string id) => _records.GetValueOrDefault((owner, id));

    /// <summary>Writes first, so that whatever is found is in the file.</summary>
    public void Add(IReadOnlyList<ResponseIdRecord> records)
    {
        var lines = new ArrayBufferWriter<byte>();

        // A line that was cut off by the end of a process would else take the first of these into itself.
        lines.Write("\n"u8);
        using (var writer = new Utf8JsonWriter(lines))
        {
            foreach (ResponseIdRecord record in records)
            {
                JsonSerializer.Serialize(writer, record, ResponseIdJsonContext.Default.ResponseIdRecord);
                writer.Flush();
                writer.Reset();
                lines.Write("\n"u8);
            }
        }

        // Without a buffer of its own, so that what was written is written.
        _file ??= new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        _file.Write(lines.WrittenSpan);
        foreach (ResponseIdRecord record in records)
        {
            Take(record);
        }
    }

    /// <summary>Nothing is added any more; what was is still found.</summary>
    public void Dispose() => _file?.Dispose();

    private static ResponseIdRecord? Read(string line)
    {
        try
        {
            return line.Length == 0
                ? null
                : JsonSerializer.Deserialize(line, ResponseIdJsonContext.Default.ResponseIdRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Take(ResponseIdRecord record)
    {
        _records[(record.Owner, record.Id)] = record;
        ExpiresAt = record.ExpiresAt > ExpiresAt ? record.ExpiresAt : ExpiresAt;
    }
}
