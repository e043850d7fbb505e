using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Reads answers of Anthropic's wire, whole and streamed.</summary>
internal static class MessagesReading
{
    public static Told Read(byte[] body, bool isStream) =>
        Read(isStream ? Fold(body) : JsonNode.Parse(body)!.AsObject());

    private static Told Read(JsonObject message)
    {
        var parts = new List<ToldPart>();
        var states = new List<string>();
        var citations = new List<ToldCitation>();
        foreach (JsonObject block in message.Items("content"))
        {
            parts.Add(Part(block));
            if (Words.State(block.Text("signature") ?? block.Text("data")) is { } state)
            {
                states.Add(state);
            }

            citations.AddRange(block.Items("citations").Select(citation => Citation(citation, block.Text("text"))));
        }

        bool calls = parts.Exists(part => part.Kind == ToldPart.Call);
        var choice = new ToldChoice(
            0, Words.Finish(message.Text("stop_reason"), calls), ToldPart.Join(parts), states, [], citations);
        return new Told([choice], message["usage"] is JsonObject usage ? ToldUsage.OfMessages(usage) : null);
    }

    private static ToldPart Part(JsonObject block) => block.Text("type") switch
    {
        "text" => new ToldPart(ToldPart.Words, block.Text("text") ?? ""),
        "thinking" => new ToldPart(ToldPart.Thinking, block.Text("thinking") ?? ""),
        "redacted_thinking" => new ToldPart(ToldPart.Thinking, ""),
        "tool_use" => new ToldPart(
            ToldPart.Call,
            Words.Arguments(block["input"] is JsonObject input ? input.ToJsonString() : block.Text("input") ?? ""),
            Words.CallId(block.Text("id")),
            block.Text("name")),
        string own => new ToldPart(own, block.ToJsonString()),
        null => new ToldPart("unknown", ""),
    };

    private static ToldCitation Citation(JsonObject citation, string? text)
    {
        string? source = citation.Text("url") ?? citation.Text("source");
        string? url = Uri.TryCreate(source, UriKind.Absolute, out _) ? source : null;
        return new ToldCitation(url, citation.Text("title") ?? citation.Text("document_title"), text);
    }

    /// <summary>The message that a stream puts together.</summary>
    private static JsonObject Fold(byte[] body)
    {
        JsonObject message = [];
        JsonObject? block = null;
        string input = "";
        foreach (JsonObject data in SseData.Objects(body))
        {
            string? type = data.Text("type");
            if (block is not null && (type is "content_block_stop" or "message_delta"))
            {
                // A block that is cut off by the token limit may have no stop of its own.
                block["input"] = input.Length > 0 ? Json(input) : block["input"]?.DeepClone();
                message["content"]!.AsArray().Add(block);
                block = null;
            }

            switch (type)
            {
                case "message_start":
                    message = data["message"]!.DeepClone().AsObject();
                    message["content"] = new JsonArray();
                    break;
                case "content_block_start":
                    block = data["content_block"]!.DeepClone().AsObject();
                    input = "";
                    break;
                case "content_block_delta" when block is not null:
                    input += data["delta"].Text("partial_json");
                    Add(block, data["delta"]!.AsObject());
                    break;
                case "message_delta":
                    message["stop_reason"] = data["delta"]!["stop_reason"]?.DeepClone();
                    Merge(message, data["usage"] as JsonObject ?? []);
                    break;
            }
        }

        return message;
    }

    private static JsonNode? Json(string input)
    {
        try
        {
            return JsonNode.Parse(input);
        }
        catch (System.Text.Json.JsonException)
        {
            return input;
        }
    }

    private static void Add(JsonObject block, JsonObject delta)
    {
        foreach (string field in new[] { "text", "thinking", "content" })
        {
            if (delta.Text(field) is { } more)
            {
                block[field] = block.Text(field) + more;
            }
        }

        if (delta.Text("signature") is { } signature)
        {
            block["signature"] = signature;
        }

        if (delta["citation"] is JsonObject citation)
        {
            JsonArray cited = block["citations"]?.DeepClone() as JsonArray ?? [];
            cited.Add(citation.DeepClone());
            block["citations"] = cited;
        }
    }

    /// <summary>Counts are cumulative; what is left out stays as it was.</summary>
    private static void Merge(JsonObject message, JsonObject usage)
    {
        JsonObject known = message["usage"] as JsonObject ?? [];
        JsonObject merged = known.DeepClone().AsObject();
        foreach ((string name, JsonNode? value) in usage)
        {
            merged[name] = value?.DeepClone() ?? merged[name]?.DeepClone();
        }

        message["usage"] = merged;
    }
}
