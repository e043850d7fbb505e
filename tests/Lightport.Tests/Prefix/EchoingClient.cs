using System.Text.Json.Nodes;
using Lightport.Dialects;

namespace Lightport.Tests.Prefix;

/// <summary>Reads an answer as a client's SDK does, and makes of it the message that goes back with the next turn.</summary>
internal static class EchoingClient
{
    /// <summary>What goes back: one message, or the items of Responses.</summary>
    public static IReadOnlyList<JsonObject> Turn(string dialect, string answer) =>
        dialect == DialectIds.OpenAIResponses ? Items(answer)
        : dialect == DialectIds.GoogleInteractions ? Steps(answer)
        : [Message(dialect, answer)];

    /// <summary>The steps, of a stream put together as Google's SDK does.</summary>
    private static JsonObject[] Steps(string answer)
    {
        if (answer.StartsWith('{'))
        {
            return [.. JsonNode.Parse(answer)!["steps"]!.AsArray().Select(step => step!.DeepClone().AsObject())];
        }

        var steps = new List<JsonObject>();
        var arguments = new Dictionary<int, string>();
        foreach (JsonNode one in answer.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line["data: ".Length..])!))
        {
            if ((string?)one["event_type"] == "step.start")
            {
                steps.Add(one["step"]!.DeepClone().AsObject());
            }
            else if (one["delta"] is JsonObject delta)
            {
                FoldDelta(steps[(int)one["index"]!], delta, arguments, (int)one["index"]!);
            }
        }

        foreach ((int index, string said) in arguments)
        {
            steps[index]["arguments"] = JsonNode.Parse(said.Length > 0 ? said : "{}");
        }

        return [.. steps];
    }

    private static void FoldDelta(JsonObject step, JsonObject delta, Dictionary<int, string> arguments, int index)
    {
        switch ((string?)delta["type"])
        {
            case "text":
                Grow(step, "content", (string)delta["text"]!);
                break;
            case "thought_summary":
                Grow(step, "summary", (string)delta["content"]!["text"]!);
                break;
            case "thought_signature":
                step["signature"] = (string)delta["signature"]!;
                break;
            case "arguments_delta":
                arguments[index] = arguments.GetValueOrDefault(index, "") + (string)delta["arguments"]!;
                break;
        }
    }

    private static void Grow(JsonObject step, string list, string more)
    {
        step[list] ??= new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "" });
        JsonNode text = step[list]![0]!;
        text["text"] = (string)text["text"]! + more;
    }

    private static JsonObject[] Items(string answer)
    {
        string last = answer.StartsWith('{')
            ? answer
            : answer.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..];
        JsonNode response = JsonNode.Parse(last)!;
        return [.. (response["response"] ?? response)["output"]!.AsArray().Select(item => item!.DeepClone().AsObject())];
    }

    public static JsonObject Message(string dialect, string answer)
    {
        if (dialect == DialectIds.GoogleGemini)
        {
            return Content(answer);
        }

        bool chat = dialect == DialectIds.OpenAIChat;
        if (answer.StartsWith('{'))
        {
            JsonNode whole = JsonNode.Parse(answer)!;
            return chat
                ? whole["choices"]![0]!["message"]!.DeepClone().AsObject()
                : Assistant(whole["content"]!.DeepClone());
        }

        JsonObject[] events =
        [
            .. answer.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line["data: ".Length..])!.AsObject()),
        ];
        return chat ? FoldChunks(events) : Assistant(FoldBlocks(events));
    }

    /// <summary>The parts of all chunks, as they came.</summary>
    private static JsonObject Content(string answer)
    {
        IEnumerable<JsonNode> chunks = answer.StartsWith('{')
            ? [JsonNode.Parse(answer)!]
            : answer.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line["data: ".Length..])!);
        IEnumerable<JsonNode?> parts =
            chunks.SelectMany(chunk => chunk["candidates"]![0]!["content"]!["parts"]!.AsArray());
        return new JsonObject
        {
            ["role"] = "model",
            ["parts"] = new JsonArray([.. parts.Select(part => part!.DeepClone())]),
        };
    }

    private static JsonObject Assistant(JsonNode content) => new() { ["role"] = "assistant", ["content"] = content };

    private static JsonObject FoldChunks(JsonObject[] chunks)
    {
        var message = new JsonObject();
        foreach (JsonObject chunk in chunks)
        {
            if (chunk["choices"] is JsonArray and [JsonObject choice, ..])
            {
                Merge(message, choice["delta"]!.AsObject());
            }
        }

        return message;
    }

    /// <summary>Texts grow, lists grow by their items' index, everything else is as first told.</summary>
    private static void Merge(JsonObject into, JsonObject delta)
    {
        foreach ((string name, JsonNode? value) in delta)
        {
            if (value is JsonArray items)
            {
                JsonArray list = into[name] as JsonArray ?? [];
                into[name] ??= list;
                foreach (JsonObject item in items.OfType<JsonObject>())
                {
                    MergeItem(list, item);
                }
            }
            else if (value is JsonObject inner)
            {
                into[name] ??= new JsonObject();
                Merge(into[name]!.AsObject(), inner);
            }
            else if (name is "content" or "arguments" or "input" or "text" or "reasoning_content" or "summary" && into[name] is not null)
            {
                into[name] = (string?)into[name] + (string?)value;
            }
            else
            {
                into[name] ??= value?.DeepClone();
            }
        }
    }

    private static void MergeItem(JsonArray list, JsonObject item)
    {
        if (list.OfType<JsonObject>().FirstOrDefault(known => (int?)known["index"] == (int?)item["index"]) is { } known)
        {
            Merge(known, item);
        }
        else
        {
            list.Add(item.DeepClone());
        }
    }

    private static JsonArray FoldBlocks(JsonObject[] events)
    {
        var blocks = new JsonArray();
        var inputs = new Dictionary<int, string>();
        foreach (JsonObject one in events)
        {
            int index = (int?)one["index"] ?? 0;
            switch ((string?)one["type"])
            {
                case "content_block_start":
                    blocks.Add(one["content_block"]!.DeepClone());
                    break;
                case "content_block_delta" when one["delta"] is JsonObject delta && delta["partial_json"] is { } piece:
                    inputs[index] = inputs.GetValueOrDefault(index, "") + (string)piece!;
                    break;
                case "content_block_delta":
                    (string field, JsonNode? more) = one["delta"]!.AsObject().Single(field => field.Key != "type");
                    blocks[index]![field] = (string?)blocks[index]![field] + (string?)more;
                    break;
            }
        }

        foreach ((int index, string input) in inputs)
        {
            blocks[index]!["input"] = JsonNode.Parse(input.Length > 0 ? input : "{}");
        }

        return blocks;
    }
}
