using System.Text;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>
/// A stretch of ids in the order in which they came: a line each in a file, to which is only ever added, and all of
/// them in memory. An id that was removed has a line that says so.
/// </summary>
internal sealed class ResponseIdSegment(string path)
{
    private readonly Dictionary<(string Owner, string Id), ResponseIdRecord> _records = [];

    public string Path => path;

    /// <summary>Lines, those of what was removed among them.</summary>
    public int Count { get; private set; }

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

    /// <summary>Null where it is not here; one that was removed has expired.</summary>
    public ResponseIdRecord? Find(string owner, string id) => _records.GetValueOrDefault((owner, id));

    /// <summary>Writes first, so that whatever is found is on the disk.</summary>
    public void Add(IReadOnlyList<ResponseIdRecord> records)
    {
        var lines = new StringBuilder();

        // A line that was cut off by the end of a process would else take the first of these into itself.
        lines.Append('\n');
        foreach (ResponseIdRecord record in records)
        {
            lines.Append(JsonSerializer.Serialize(record, ResponseIdJsonContext.Default.ResponseIdRecord)).Append('\n');
        }

        File.AppendAllText(path, lines.ToString());
        foreach (ResponseIdRecord record in records)
        {
            Take(record);
        }
    }

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
        Count++;
        _records[(record.Owner, record.Id)] = record;
        ExpiresAt = record.ExpiresAt > ExpiresAt ? record.ExpiresAt : ExpiresAt;
    }
}
