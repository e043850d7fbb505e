using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>
/// Reads answers of OpenAI's Responses, whole and streamed. Of a stream the finished items count: whoever reads the pieces
/// must come to the same.
/// </summary>
internal static class ResponsesReading
{
    public static Told Read(byte[] body, bool isStream)
    {
        JsonObject response = isStream ? Fold(body) : JsonNode.Parse(body)!.AsObject();
        var parts = new List<ToldPart>();
        var states = new List<string>();
        var citations = new List<ToldCitation>();
        foreach (JsonObject item in response.Items("output"))
        {
            parts.AddRange(Parts(item));
            if (Words.StateOfItem(item.Text("encrypted_content")) is { } state && item.Text("type") == "reasoning")
            {
                states.Add(state);
            }

            citations.AddRange(item.Items("content").SelectMany(Citations));
        }

        bool calls = parts.Exists(part => part.Kind == ToldPart.Call);
        string? reason = response["incomplete_details"].Text("reason");
        var choice = new ToldChoice(
            0,
            Words.Finish(reason == "max_output_tokens" ? "length" : reason, calls),
            ToldPart.Join(parts),
            states,
            [],
            citations);
        return new Told([choice], response["usage"] is JsonObject usage ? ToldUsage.OfResponses(usage) : null);
    }

    private static JsonObject Fold(byte[] body)
    {
        var items = new SortedDictionary<int, JsonNode>();
        JsonObject response = [];
        foreach (JsonObject data in SseData.Objects(body))
        {
            if (data.Text("type") == "response.output_item.done")
            {
                items[(int)data["output_index"]!] = data["item"]!.DeepClone();
            }

            response = data["response"] is JsonObject snapshot ? snapshot.DeepClone().AsObject() : response;
        }

        response["output"] = new JsonArray([.. items.Values]);
        return response;
    }

    private static IEnumerable<ToldPart> Parts(JsonObject item) => item.Text("type") switch
    {
        "message" => item.Items("content").Select(content => content.Text("type") == "refusal"
            ? new ToldPart(ToldPart.Refusal, content.Text("refusal") ?? "")
            : new ToldPart(ToldPart.Words, content.Text("text") ?? "")),
        "reasoning" =>
        [
            new ToldPart(ToldPart.Thinking, string.Join(
                "\n\n",
                item.Items("summary").Concat(item.Items("content")).Select(piece => piece.Text("text"))
                    .OfType<string>())),
        ],
        "function_call" =>
            [new ToldPart(ToldPart.Call, Words.Arguments(item.Text("arguments") ?? ""), item.Text("call_id"), item.Text("name"))],
        "custom_tool_call" =>
            [new ToldPart(ToldPart.Call, item.Text("input") ?? "", item.Text("call_id"), item.Text("name"))],
        string own => [new ToldPart(own, item.ToJsonString())],
        null => [],
    };

    private static IEnumerable<ToldCitation> Citations(JsonObject content)
    {
        string text = content.Text("text") ?? "";
        foreach (JsonObject annotation in content.Items("annotations"))
        {
            int start = (int?)annotation["start_index"] ?? -1;
            int end = (int?)annotation["end_index"] ?? -1;
            bool isSpan = start >= 0 && start <= end && end <= text.Length;
            yield return new ToldCitation(
                annotation.Text("url"),
                annotation.Text("title") ?? annotation.Text("filename"),
                isSpan ? text[start..end] : null);
        }
    }
}
