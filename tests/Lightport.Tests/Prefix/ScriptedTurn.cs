using System.Text;
using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Prefix;

/// <summary>A provider's answer of the test's own, told whole or in pieces.</summary>
internal static class ScriptedTurn
{
    /// <param name="content">Chat's message, the blocks of Messages, the parts of Gemini, the steps of
    /// Interactions, or the items of Responses.</param>
    public static ScriptedResponse Of(string dialect, string content, bool streamed) =>
        (dialect == DialectIds.OpenAIChat, streamed) switch
        {
            _ when dialect == DialectIds.OpenAIResponses => streamed
                ? ScriptedResponse.Events(ResponsesEvents(content))
                : ScriptedResponse.Json(Response(content)),
            _ when dialect == DialectIds.GoogleInteractions => streamed
                ? ScriptedResponse.Events(InteractionsEvents(content))
                : ScriptedResponse.Json(Interaction(content)),
            (_, true) when dialect == DialectIds.GoogleGemini => ScriptedResponse.Events(string.Concat(
                JsonNode.Parse(content)!.AsArray().Select(part => GeminiEvent($"[{part!.ToJsonString()}]", ""))
                    .Append(GeminiEvent("[]", ",\"finishReason\":\"STOP\"")))),
            (_, false) when dialect == DialectIds.GoogleGemini =>
                ScriptedResponse.Json(GeminiEvent(content, ",\"finishReason\":\"STOP\"")["data: ".Length..]),
            (true, true) => ScriptedResponse.Events(ChatEvents(JsonNode.Parse(content)!.AsObject())),
            (true, false) => ScriptedResponse.Json($$"""
                {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{{content}},
                 "finish_reason":"stop"}]}
                """),
            (false, true) => ScriptedResponse.Events(MessagesEvents(JsonNode.Parse(content)!.AsArray())),
            (false, false) => ScriptedResponse.Json($$"""
                {"id":"msg_1","type":"message","role":"assistant","model":"m","content":{{content}},
                 "stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1} }
                """),
        };

    private static string Response(string items) => $$"""
        {"id":"resp_1","object":"response","created_at":1,"model":"m","status":"completed","output":{{items}},
         "usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2} }
        """;

    /// <summary>Finished items and the end: of the pieces between nothing is made here.</summary>
    private static string ResponsesEvents(string items)
    {
        var events = new StringBuilder();
        events.Append(Event(new JsonObject
        {
            ["type"] = "response.created",
            ["response"] = new JsonObject { ["id"] = "resp_1", ["model"] = "m", ["created_at"] = 1 },
        }));
        foreach ((int index, JsonNode? item) in JsonNode.Parse(items)!.AsArray().Index())
        {
            events.Append(Event(new JsonObject
            {
                ["type"] = "response.output_item.done", ["output_index"] = index, ["item"] = item!.DeepClone(),
            }));
        }

        return events.Append(Event(new JsonObject
        {
            ["type"] = "response.completed", ["response"] = JsonNode.Parse(Response(items)),
        })).ToString();
    }

    private static string Interaction(string steps) => $$"""
        {"id":"i","object":"interaction","model":"m","status":"completed","steps":{{steps}},
         "usage":{"total_input_tokens":1,"total_output_tokens":1} }
        """;

    /// <summary>Steps that begin whole: of the pieces between nothing is made here.</summary>
    private static string InteractionsEvents(string steps)
    {
        var events = new StringBuilder();
        events.Append(Event(JsonNode.Parse(
            """{"event_type":"interaction.created","interaction":{"id":"i","model":"m","status":"in_progress"}}""")!.AsObject()));
        foreach ((int index, JsonNode? step) in JsonNode.Parse(steps)!.AsArray().Index())
        {
            events.Append(Event(new JsonObject
            {
                ["event_type"] = "step.start", ["index"] = index, ["step"] = step!.DeepClone(),
            }));
            events.Append(Event(new JsonObject { ["event_type"] = "step.stop", ["index"] = index }));
        }

        return events.Append(Event(new JsonObject
        {
            ["event_type"] = "interaction.completed", ["interaction"] = JsonNode.Parse(Interaction("[]")),
        })).Append("event: done\ndata: [DONE]\n\n").ToString();
    }

    private static string ChatEvents(JsonObject message)
    {
        var events = new StringBuilder();
        foreach ((string name, JsonNode? value) in message)
        {
            events.Append(ChatEvent(new JsonObject { [name] = value?.DeepClone() }, null));
        }

        return events.Append(ChatEvent([], "stop")).Append("data: [DONE]\n\n").ToString();
    }

    private static string ChatEvent(JsonObject delta, string? finish) => Event(new JsonObject
    {
        ["id"] = "c",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "m",
        ["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    });

    private static string MessagesEvents(JsonArray blocks)
    {
        var events = new StringBuilder(Wires.MessagesStart);
        for (int i = 0; i < blocks.Count; i++)
        {
            JsonObject block = blocks[i]!.DeepClone().AsObject();
            (string field, string type) = (string)block["type"]! switch
            {
                "text" => ("text", "text_delta"),
                "thinking" => ("thinking", "thinking_delta"),
                "tool_use" => ("partial_json", "input_json_delta"),
                _ => ("", ""),
            };
            string piece = field == "partial_json" ? block["input"]!.ToJsonString() : (string?)block[field] ?? "";
            string? signature = (string?)block["signature"];
            if (type.Length > 0)
            {
                block[field == "partial_json" ? "input" : field] = field == "partial_json" ? new JsonObject() : "";
                block.Remove("signature");
            }

            events.Append(Event(new JsonObject { ["type"] = "content_block_start", ["index"] = i, ["content_block"] = block }));
            events.Append(type.Length == 0 ? "" : Delta(i, type, field, piece));
            events.Append(signature is null ? "" : Delta(i, "signature_delta", "signature", signature));
            events.Append(Event(new JsonObject { ["type"] = "content_block_stop", ["index"] = i }));
        }

        string end = Wires.MessagesEnd[Wires.MessagesEnd.IndexOf("event: message_delta", StringComparison.Ordinal)..];
        return events.Append(end).ToString();
    }

    private static string Delta(int index, string type, string field, string piece) => Event(new JsonObject
    {
        ["type"] = "content_block_delta",
        ["index"] = index,
        ["delta"] = new JsonObject { ["type"] = type, [field] = piece },
    });

    private static string GeminiEvent(string parts, string finish) =>
        $$$"""
        data: {"candidates":[{"content":{"parts":{{{parts.ReplaceLineEndings("")}}},"role":"model"}{{{finish}}}}],"responseId":"r"}
        """ + "\n\n";

    private static string Event(JsonObject data) => $"data: {data.ToJsonString()}\n\n";
}
