using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>The JSON objects of a stream's events.</summary>
internal static class SseData
{
    public static IEnumerable<JsonObject> Objects(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        foreach (string frame in text.Split("\n\n"))
        {
            string data = string.Join('\n', frame.Split('\n')
                .Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..]));
            if (data.TrimStart().StartsWith('{') && Parse(data) is { } read)
            {
                yield return read;
            }
        }
    }

    private static JsonObject? Parse(string data)
    {
        try
        {
            return JsonNode.Parse(data)!.AsObject();
        }
        catch (JsonException)
        {
            // A provider's slip or a cut stream: what is not JSON says nothing.
            return null;
        }
    }
}
