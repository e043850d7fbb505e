using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects;

/// <summary>
/// Judges a whole stream by what clients of Responses rely on: created, in_progress, items each with its own index, its
/// beginning and its end, whose deltas add up to what the end says, numbers that rise by one, and exactly one last event,
/// which repeats it all.
/// </summary>
public static class ResponsesStreamLaws
{
    private static readonly string[] Required =
    [
        "id", "object", "created_at", "error", "incomplete_details", "instructions", "model", "tools", "output",
        "parallel_tool_calls", "metadata", "tool_choice", "temperature", "top_p",
    ];

    /// <summary>Fails where a law is broken.</summary>
    /// <returns>The response as the last event tells it, failed ones too.</returns>
    public static JsonObject Check(string sse)
    {
        Assert.EndsWith("\n\n", sse);
        var open = new Dictionary<int, JsonObject>();
        var done = new SortedDictionary<int, JsonObject>();
        var texts = new Dictionary<(int Item, string Kind, int Part), string>();
        JsonObject? last = null;
        int number = 0;
        foreach (string frame in sse[..^2].Split("\n\n").Where(frame => !frame.StartsWith(':')))
        {
            Assert.True(last is null, "Something follows the end: " + frame);
            string[] lines = frame.Split('\n');
            Assert.Equal(2, lines.Length);
            JsonObject data = JsonNode.Parse(lines[1]["data: ".Length..])!.AsObject();
            string type = (string)data["type"]!;
            Assert.Equal("event: " + type, lines[0]);
            Assert.Equal(number, (int)data["sequence_number"]!);
            int item = (int?)data["output_index"] ?? -1;
            switch (type)
            {
                case "response.created" or "response.in_progress":
                    Assert.Equal(type == "response.created" ? 0 : 1, number);
                    CheckResponse(data["response"]!.AsObject(), "in_progress");
                    Assert.Empty(data["response"]!["output"]!.AsArray());
                    break;
                case "response.output_item.added":
                    Assert.True(number > 1, "An item before the response.");
                    Assert.Equal(open.Count, item);
                    open.Add(item, data["item"]!.AsObject());
                    break;
                case "response.output_item.done":
                    Assert.Equal((string?)open[item]["id"], (string?)data["item"]!["id"]);
                    done.Add(item, data["item"]!.AsObject());
                    CheckDone(item, data["item"]!.AsObject(), texts);
                    break;
                case "response.completed" or "response.incomplete" or "response.failed":
                    last = data["response"]!.AsObject();
                    CheckResponse(last, type["response.".Length..]);
                    break;
                default:
                    Assert.False(done.ContainsKey(item), $"{type} after its item is done.");
                    Assert.Equal((string?)open[item]["id"], (string?)data["item_id"]);
                    Take(item, type, data, texts);
                    break;
            }

            number++;
        }

        Assert.True(last is not null, "The stream has no end.");
        if ((string?)last["status"] != "failed")
        {
            Assert.Equal(open.Count, done.Count);
            Assert.Equal(
                done.Values.Select(item => item.ToJsonString()),
                last["output"]!.AsArray().Select(item => item!.ToJsonString()));
        }

        return last;
    }

    public static void CheckResponse(JsonObject response, string status)
    {
        Assert.All(Required, field => Assert.True(response.ContainsKey(field), $"The response lacks {field}."));
        Assert.Equal("response", (string?)response["object"]);
        Assert.Equal(status, (string?)response["status"]);
        Assert.StartsWith("resp_", (string?)response["id"]);
        Assert.Equal(status == "failed", response["error"] is not null);
        Assert.Equal(status == "incomplete", response["incomplete_details"] is not null);
    }

    private static void Take(
        int item, string type, JsonObject data, Dictionary<(int Item, string Kind, int Part), string> texts)
    {
        int part = (int?)data["content_index"] ?? (int?)data["summary_index"] ?? 0;
        int dot = type.LastIndexOf('.');
        (string kind, string step) = (type["response.".Length..dot], type[(dot + 1)..]);
        (int Item, string Kind, int Part) key = (item, kind, part);
        switch (kind, step)
        {
            case ("content_part" or "reasoning_summary_part", "added"):
                Assert.True(texts.TryAdd(key, "open"), "A part begins twice.");
                Assert.Equal("", (string?)(data["part"]!["text"] ?? data["part"]!["refusal"]));
                break;
            case ("content_part" or "reasoning_summary_part", "done"):
                Assert.Equal("open", texts[key]);
                texts[key] = "done";
                string whole = kind == "content_part"
                    ? (string?)data["part"]!["type"] == "refusal" ? "refusal" : "output_text"
                    : "reasoning_summary_text";
                string said = (string)(data["part"]!["text"] ?? data["part"]!["refusal"])!;
                Assert.Equal(said, texts.GetValueOrDefault((item, whole, part), ""));
                break;
            case (_, "delta"):
                Assert.NotEqual("", (string?)data["delta"]);
                texts[key] = texts.GetValueOrDefault(key, "") + (string)data["delta"]!;
                break;
            case ("output_text.annotation", "added")
                or ("image_generation_call" or "mcp_call" or "mcp_list_tools", _):
                break;
            case (_, "done"):
                string end = (string)(data["text"] ?? data["refusal"] ?? data["arguments"] ?? data["input"])!;
                Assert.Equal(end, texts.GetValueOrDefault(key, ""));
                break;
            default:
                Assert.Fail("Unknown event " + type);
                break;
        }
    }

    private static void CheckDone(
        int index, JsonObject item, Dictionary<(int Item, string Kind, int Part), string> texts)
    {
        switch ((string?)item["type"])
        {
            case "message":
                JsonArray content = item["content"]!.AsArray();
                Assert.NotEmpty(content);
                for (int i = 0; i < content.Count; i++)
                {
                    Assert.Equal("done", texts[(index, "content_part", i)]);
                }

                break;
            case "function_call":
                Assert.Equal((string?)item["arguments"], texts[(index, "function_call_arguments", 0)]);
                Assert.False(string.IsNullOrEmpty((string?)item["call_id"]));
                break;
            case "mcp_call":
                Assert.Equal((string?)item["arguments"], texts[(index, "mcp_call_arguments", 0)]);
                Assert.NotEqual("in_progress", (string?)item["status"]);
                break;
            case "custom_tool_call":
                Assert.Equal((string?)item["input"], texts.GetValueOrDefault((index, "custom_tool_call_input", 0), ""));
                break;
            case "reasoning":
                foreach (JsonNode? summary in item["summary"]!.AsArray())
                {
                    Assert.Equal((string?)summary!["text"], texts[(index, "reasoning_summary_text", 0)]);
                }

                break;
        }
    }
}
