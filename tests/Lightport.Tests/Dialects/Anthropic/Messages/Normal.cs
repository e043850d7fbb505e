using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>
/// Bodies in one form of the several that mean the same. Each step is a form the API takes for another, except those
/// marked as a loss: fields of the answer that the conversation model has no word for.
/// </summary>
internal static class Normal
{
    public static JsonObject Request(JsonObject request)
    {
        request = request.DeepClone().AsObject();
        Move(request, "output_format", "output_config", "format");
        Remove(request, "stream", value => value is null || !(bool)value);
        Remove(request, "tools", value => value is JsonArray { Count: 0 });
        if (request["system"] is JsonValue system)
        {
            request["system"] = Blocks(system);
        }

        request["messages"] = Turns(request["messages"]!.AsArray());
        foreach (JsonObject tool in (request["tools"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Remove(tool, "type", value => (string?)value == "custom");
            Remove(tool, "strict", value => value is null || !(bool)value);
            Remove(tool, "defer_loading", value => value is null || !(bool)value);
        }

        return Numbers(request).AsObject();
    }

    public static JsonObject Response(JsonObject response)
    {
        response = response.DeepClone().AsObject();

        // Losses: the container's id, the edits applied to the context.
        response.Remove("container");
        response.Remove("context_management");
        response.TryAdd("stop_details", null);
        var content = new JsonArray();
        foreach (JsonObject block in response["content"]!.AsArray().OfType<JsonObject>())
        {
            if ((string?)block["type"] == "text" && (string?)block["text"] == "" && block["citations"] is not JsonArray { Count: > 0 })
            {
                continue;
            }

            content.Add(Block(block));
        }

        response["content"] = content;
        JsonObject usage = response["usage"]!.AsObject();

        // Losses: the counts of each iteration, the place of inference, fetches.
        usage.Remove("iterations");
        usage.Remove("inference_geo");
        usage.Remove("speed");
        (usage["server_tool_use"] as JsonObject)?.Remove("web_fetch_requests");
        Remove(usage, "server_tool_use", value => value is null || (int)(value["web_search_requests"] ?? 0) == 0);
        Remove(usage, "output_tokens_details", value => value is null || (int)(value["thinking_tokens"] ?? 0) == 0);
        usage["cache_creation_input_tokens"] ??= 0;
        usage["cache_read_input_tokens"] ??= 0;
        usage["cache_creation"] ??= new JsonObject
        {
            ["ephemeral_5m_input_tokens"] = (int)usage["cache_creation_input_tokens"]!,
            ["ephemeral_1h_input_tokens"] = 0,
        };
        return Numbers(response).AsObject();
    }

    /// <summary>
    /// Text as a list of blocks, turns of one role joined, tool results first, no text without a character.
    /// </summary>
    private static JsonArray Turns(JsonArray messages)
    {
        var turns = new JsonArray();
        foreach (JsonObject message in messages.OfType<JsonObject>())
        {
            JsonObject[] blocks = [.. Blocks(message["content"]).OfType<JsonObject>().Select(Block).Where(IsVisible)];
            blocks = [.. blocks.Where(IsResult), .. blocks.Where(block => !IsResult(block))];
            var last = turns.LastOrDefault() as JsonObject;
            bool joins = (string?)last?["role"] == (string?)message["role"] && (string?)message["role"] != "system"
                && last!.Count == 2 && message.Count == 2;
            JsonObject turn = joins ? last! : message.DeepClone().AsObject();
            if (!joins)
            {
                turn["content"] = new JsonArray();
                if (blocks.Length > 0 || turn.Count > 2)
                {
                    turns.Add(turn);
                }
            }

            foreach (JsonObject block in blocks)
            {
                turn["content"]!.AsArray().Add(block.DeepClone());
            }
        }

        if (turns.LastOrDefault() is JsonObject { } final && (string?)final["role"] == "assistant"
            && final["content"]!.AsArray()[^1] is JsonObject text && (string?)text["type"] == "text")
        {
            text["text"] = ((string)text["text"]!).TrimEnd();
        }

        return turns;
    }

    private static JsonArray Blocks(JsonNode? content) => content is JsonArray list
        ? list.DeepClone().AsArray()
        : [new JsonObject { ["type"] = "text", ["text"] = (string?)content }];

    private static JsonObject Block(JsonObject block)
    {
        block = block.DeepClone().AsObject();
        Remove(block, "citations", value => value is null or JsonArray { Count: 0 });
        Remove(block, "is_error", value => value is null || ((string?)block["type"] == "tool_result" && !(bool)value));
        Remove(block, "cache_control", value => value is null);
        if ((string?)block["type"] == "tool_use")
        {
            // Loss: who called (the model itself, or its code).
            block.Remove("caller");
        }

        if ((string?)block["type"] == "tool_result" && block["content"] is { } content)
        {
            JsonObject[] inner = [.. Blocks(content).OfType<JsonObject>().Select(Block).Where(IsVisible)];
            block["content"] = new JsonArray([.. inner.Select(one => one.DeepClone())]);
            Remove(block, "content", value => value is JsonArray { Count: 0 });
        }

        return block;
    }

    private static bool IsVisible(JsonObject block) =>
        (string?)block["type"] != "text" || !string.IsNullOrWhiteSpace((string?)block["text"]);

    private static bool IsResult(JsonObject block) => (string?)block["type"] == "tool_result";

    private static void Move(JsonObject owner, string from, string to, string name)
    {
        if (owner[from] is { } value)
        {
            owner.Remove(from);
            owner[to] ??= new JsonObject();
            owner[to]![name] = value;
        }
    }

    private static void Remove(JsonObject owner, string name, Func<JsonNode?, bool> when)
    {
        if (owner.ContainsKey(name) && when(owner[name]))
        {
            owner.Remove(name);
        }
    }

    /// <summary>1 and 1.0 are one number.</summary>
    private static JsonNode Numbers(JsonNode node)
    {
        switch (node)
        {
            case JsonObject owner:
                foreach ((string name, JsonNode? value) in owner.ToList())
                {
                    owner[name] = value is null ? null : Numbers(value.DeepClone());
                }

                return owner;
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                {
                    list[i] = list[i] is { } item ? Numbers(item.DeepClone()) : null;
                }

                return list;
            case JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                return JsonValue.Create((double)JsonNode.Parse(value.ToJsonString())!);
            default:
                return node;
        }
    }
}
