using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Reads answers of OpenAI's wires: chat and completions, whole and streamed.</summary>
internal static class ChatReading
{
    public static Told Read(byte[] body, bool isStream)
    {
        JsonObject[] bodies = isStream ? [.. SseData.Objects(body)] : [JsonNode.Parse(body)!.AsObject()];
        var choices = new SortedDictionary<int, ChatChoiceReading>();
        ToldUsage? usage = null;
        ToldCitation[] sources = [];
        foreach (JsonObject chunk in bodies)
        {
            int place = 0;
            foreach (JsonObject choice in chunk.Items("choices"))
            {
                int index = (int?)choice["index"] ?? place;
                place++;
                choices.TryAdd(index, new ChatChoiceReading(index));
                choices[index].Add(choice, isStream);
            }

            usage = chunk["usage"] is JsonObject told ? ToldUsage.OfChat(told) ?? usage : usage;
            sources = Sources(chunk) is { Length: > 0 } found ? found : sources;
        }

        return new Told([.. choices.Values.Select(choice => choice.End(sources))], usage);
    }

    /// <summary>Perplexity's lists beside the choices.</summary>
    private static ToldCitation[] Sources(JsonObject chunk)
    {
        ToldCitation[] results =
        [
            .. chunk.Items("search_results").Where(result => result.Text("url") is not null)
                .Select(result => new ToldCitation(result.Text("url"), result.Text("title"), null)),
        ];
        return results.Length > 0 || chunk["citations"] is not JsonArray urls
            ? results
            : [.. urls.OfType<JsonValue>().Select(url => new ToldCitation((string?)url, null, null))];
    }
}
