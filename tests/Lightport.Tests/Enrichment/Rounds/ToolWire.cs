using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>How one provider's wire says what a model says, whole and in pieces.</summary>
internal sealed class ToolWire
{
    /// <summary>The wires of the providers that the tests ask, by the model that leads to each.</summary>
    public static IReadOnlyDictionary<string, ToolWire> All { get; } = new Dictionary<string, ToolWire>
    {
        ["chat"] = new() { Whole = ChatWhole, Events = ChatEvents },
        ["house"] = new() { Whole = ChatWhole, Events = ChatEvents },
        ["claude"] = new() { Whole = MessagesWhole, Events = MessagesEvents },
        ["gemini"] = new() { Whole = GeminiWhole, Events = whole => Sse([GeminiWhole(whole)]) },
    };

    public required Func<Said, string> Whole { get; init; }

    public required Func<Said, string> Events { get; init; }

    /// <summary>What a model says in one round: words, and calls by id, tool and arguments.</summary>
    public sealed record Said(string Text, params (string Id, string Tool, string Arguments)[] Calls);

    public ScriptedResponse Answer(Said said, bool streams) =>
        streams ? ScriptedResponse.Events(Events(said)) : ScriptedResponse.Json(Whole(said));

    private static string ChatWhole(Said said)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = said.Text };
        if (said.Calls.Length > 0)
        {
            message["tool_calls"] = new JsonArray([.. said.Calls.Select(ChatCall)]);
        }

        return new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "gpt-4o-mini",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = message,
                ["finish_reason"] = said.Calls.Length > 0 ? "tool_calls" : "stop",
            }),
            ["usage"] = JsonNode.Parse("""{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}"""),
        }.ToJsonString();
    }

    private static JsonNode ChatCall((string Id, string Tool, string Arguments) call) => new JsonObject
    {
        ["id"] = call.Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Tool, ["arguments"] = call.Arguments },
    };

    private static string ChatEvents(Said said)
    {
        var frames = new List<string> { ChatChunk(new JsonObject { ["content"] = said.Text }, null) };
        for (int i = 0; i < said.Calls.Length; i++)
        {
            JsonNode call = ChatCall(said.Calls[i]);
            call["index"] = i;
            frames.Add(ChatChunk(new JsonObject { ["tool_calls"] = new JsonArray(call) }, null));
        }

        frames.Add(ChatChunk([], said.Calls.Length > 0 ? "tool_calls" : "stop"));
        return Sse(frames) + Wires.ChatUsage + Wires.ChatDone;
    }

    private static string ChatChunk(JsonObject delta, string? finish) => new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "gpt-4o-mini",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    }.ToJsonString();

    private static string MessagesWhole(Said said)
    {
        var content = new JsonArray();
        if (said.Text.Length > 0)
        {
            content.Add(new JsonObject { ["type"] = "text", ["text"] = said.Text });
        }

        foreach ((string id, string tool, string arguments) in said.Calls)
        {
            content.Add(new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = id,
                ["name"] = tool,
                ["input"] = JsonNode.Parse(arguments),
            });
        }

        return new JsonObject
        {
            ["id"] = "msg_1",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = "claude-x",
            ["content"] = content,
            ["stop_reason"] = said.Calls.Length > 0 ? "tool_use" : "end_turn",
            ["stop_sequence"] = null,
            ["usage"] = JsonNode.Parse("""{"input_tokens":9,"output_tokens":3}"""),
        }.ToJsonString();
    }

    private static string MessagesEvents(Said said)
    {
        JsonObject whole = JsonNode.Parse(MessagesWhole(said))!.AsObject();
        var text = new StringBuilder(Wires.MessagesStart);
        int index = 0;
        foreach (JsonNode? block in whole["content"]!.AsArray())
        {
            bool isText = (string?)block!["type"] == "text";
            JsonObject opening = block.DeepClone().AsObject();
            opening[isText ? "text" : "input"] = isText ? "" : new JsonObject();
            JsonObject delta = isText
                ? new() { ["type"] = "text_delta", ["text"] = block["text"]!.DeepClone() }
                : new() { ["type"] = "input_json_delta", ["partial_json"] = block["input"]!.ToJsonString() };
            Event(text, "content_block_start", new() { ["index"] = index, ["content_block"] = opening });
            Event(text, "content_block_delta", new() { ["index"] = index, ["delta"] = delta });
            Event(text, "content_block_stop", new() { ["index"] = index++ });
        }

        Event(text, "message_delta", new()
        {
            ["delta"] = new JsonObject { ["stop_reason"] = whole["stop_reason"]!.DeepClone(), ["stop_sequence"] = null },
            ["usage"] = JsonNode.Parse("""{"output_tokens":3}"""),
        });
        Event(text, "message_stop", []);
        return text.ToString();
    }

    private static void Event(StringBuilder text, string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        text.Append(CultureInfo.InvariantCulture, $"event: {type}\ndata: {data.ToJsonString()}\n\n");
    }

    private static string GeminiWhole(Said said)
    {
        var parts = new JsonArray();
        if (said.Text.Length > 0)
        {
            parts.Add(new JsonObject { ["text"] = said.Text });
        }

        foreach ((string id, string tool, string arguments) in said.Calls)
        {
            parts.Add(new JsonObject
            {
                ["functionCall"] = new JsonObject
                {
                    ["id"] = id,
                    ["name"] = tool,
                    ["args"] = JsonNode.Parse(arguments),
                },
            });
        }

        return new JsonObject
        {
            ["candidates"] = new JsonArray(new JsonObject
            {
                ["content"] = new JsonObject { ["parts"] = parts, ["role"] = "model" },
                ["finishReason"] = "STOP",
                ["index"] = 0,
            }),
            ["usageMetadata"] = JsonNode.Parse(
                """{"promptTokenCount":9,"candidatesTokenCount":3,"totalTokenCount":12}"""),
            ["modelVersion"] = "gemini-x",
            ["responseId"] = "gem-1",
        }.ToJsonString();
    }

    private static string Sse(IEnumerable<string> frames) => string.Concat(frames.Select(frame => $"data: {frame}\n\n"));
}
