using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Conformance.Wire;

/// <summary>Reads and writes events (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
internal static class SseText
{
    public static byte[] Data(JsonNode data, string? name = null) => Data(data.ToJsonString(), name);

    public static byte[] Data(string data, string? name = null) => Encoding.UTF8.GetBytes(
        name is null ? $"data: {data}\n\n" : $"event: {name}\ndata: {data}\n\n");

    /// <summary>Every event that is whole; comments and the piece that a cut leaves behind say nothing.</summary>
    /// <param name="body">The stream, as far as it came.</param>
    /// <param name="bare">Whether an object that stands alone at the end is one, too.</param>
    public static IReadOnlyList<SseEvent> Read(byte[] body, bool bare)
    {
        var events = new List<SseEvent>();
        string text = Encoding.UTF8.GetString(body).ReplaceLineEndings("\n");
        string[] frames = text.Split("\n\n");
        foreach (string frame in frames[..^1])
        {
            string[] lines = frame.Split('\n');
            string data = string.Join('\n', Fields(lines, "data"));
            if (data.Length > 0)
            {
                events.Add(new SseEvent(Fields(lines, "event").LastOrDefault(), data));
            }
        }

        if (bare && JsonReading.Parse(frames[^1]) is not null)
        {
            events.Add(new SseEvent(null, frames[^1]));
        }

        return events;
    }

    private static IEnumerable<string> Fields(string[] lines, string name) => lines
        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 1)..])
        .Select(value => value.StartsWith(' ') ? value[1..] : value);
}

/// <summary>One event of a stream.</summary>
/// <param name="Name">Its <c>event</c> field; null where it has none.</param>
/// <param name="Data">Its <c>data</c> fields, a line each.</param>
internal sealed record SseEvent(string? Name, string Data)
{
    /// <summary>The data as an object; null where it is none.</summary>
    public JsonObject? Json => JsonReading.Parse(Data);
}
