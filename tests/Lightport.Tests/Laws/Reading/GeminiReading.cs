using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Reads answers of Gemini's wire: whole, in events, and in the elements of an array.</summary>
internal static class GeminiReading
{
    public static Told Read(byte[] body, bool isStream)
    {
        var choices = new SortedDictionary<int, GeminiChoiceReading>();
        JsonObject usage = [];
        string? blocked = null;
        foreach (JsonObject chunk in Chunks(body, isStream))
        {
            foreach (JsonObject candidate in chunk.Items("candidates"))
            {
                int index = (int?)candidate["index"] ?? 0;
                choices.TryAdd(index, new GeminiChoiceReading(index));
                choices[index].Add(candidate);
            }

            // Each chunk counts from the beginning; what it leaves out stays as it was.
            foreach ((string name, JsonNode? count) in chunk["usageMetadata"] as JsonObject ?? [])
            {
                usage[name] = count?.DeepClone();
            }

            blocked ??= chunk["promptFeedback"].Text("blockReason");
        }

        IReadOnlyList<ToldChoice> told = choices.Count == 0 && blocked is not null
            ? [new ToldChoice(0, "content_filter", [], [], [], [])]
            : [.. choices.Values.Select(choice => choice.End())];
        return new Told(told, ToldUsage.OfGemini(usage));
    }

    public static JsonObject[] Chunks(byte[] body, bool isStream) => isStream
        ? [.. SseData.Objects(body)]
        : JsonNode.Parse(Encoding.UTF8.GetString(body)) switch
        {
            JsonArray list => [.. list.OfType<JsonObject>()],
            JsonObject one => [one],
            _ => [],
        };
}
