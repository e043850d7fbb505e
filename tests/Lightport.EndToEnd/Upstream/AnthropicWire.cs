using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>https://platform.claude.com/docs/en/api/messages, whole and streamed.</summary>
internal static class AnthropicWire
{
    public static async Task WriteAsync(UpstreamCall call, ScriptedAnswer answer)
    {
        HttpResponse response = call.Context.Response;
        response.Headers["request-id"] = "req_fake";
        if (!call.Stream)
        {
            response.ContentType = "application/json";
            JsonObject message = Message(call, answer.Usage, answer.Usage.Output);
            message["content"] = new JsonArray([.. Blocks(answer).Select(block => (JsonNode)block)]);
            message["stop_reason"] = StopReason(answer);
            await response.WriteAsync(message.ToWire());
            return;
        }

        response.ContentType = "text/event-stream";
        foreach (JsonObject item in Events(call, answer))
        {
            await SendAsync(call, item);
        }
    }

    public static async Task SendAsync(UpstreamCall call, JsonObject item)
    {
        await call.Context.Response.WriteAsync(
            $"event: {item["type"]}\ndata: {item.ToWire()}\n\n", Encoding.UTF8, call.Context.RequestAborted);
        await call.Context.Response.Body.FlushAsync(call.Context.RequestAborted);
    }

    public static IEnumerable<JsonObject> Events(UpstreamCall call, ScriptedAnswer answer)
    {
        yield return new() { ["type"] = "message_start", ["message"] = Message(call, answer.Usage, output: 1) };
        yield return new() { ["type"] = "ping" };
        int index = 0;
        foreach (JsonObject block in Blocks(answer))
        {
            foreach (JsonObject item in BlockEvents(block, answer.Uncut))
            {
                item["index"] = index;
                yield return item;
            }

            index++;
        }

        yield return new()
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = StopReason(answer), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = answer.Usage.Output },
        };
        yield return new() { ["type"] = "message_stop" };
    }

    private static IEnumerable<JsonObject> BlockEvents(JsonObject block, bool uncut)
    {
        (JsonObject empty, IEnumerable<JsonObject> deltas) = block["type"]!.GetValue<string>() switch
        {
            "thinking" => (
                new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" },
                [
                    .. Deltas("thinking_delta", "thinking", block["thinking"]!.GetValue<string>()),
                    new() { ["type"] = "signature_delta", ["signature"] = block["signature"]!.GetValue<string>() },
                ]),
            "text" => (
                new JsonObject { ["type"] = "text", ["text"] = "" },
                Deltas("text_delta", "text", block["text"]!.GetValue<string>())),
            _ => (
                new JsonObject
                {
                    ["type"] = "tool_use",
                    ["id"] = block["id"]!.GetValue<string>(),
                    ["name"] = block["name"]!.GetValue<string>(),
                    ["input"] = new JsonObject(),
                },
                Deltas("input_json_delta", "partial_json", block["input"]!.ToWire(), uncut)),
        };
        yield return new() { ["type"] = "content_block_start", ["content_block"] = empty };
        foreach (JsonObject delta in deltas)
        {
            yield return new() { ["type"] = "content_block_delta", ["delta"] = delta };
        }

        yield return new() { ["type"] = "content_block_stop" };
    }

    private static IEnumerable<JsonObject> Deltas(string type, string field, string text, bool uncut = false) =>
        Pieces.Of(text, uncut).Select(piece => new JsonObject { ["type"] = type, [field] = piece });

    private static IEnumerable<JsonObject> Blocks(ScriptedAnswer answer)
    {
        if (answer.Reasoning is { } reasoning)
        {
            yield return new()
            {
                ["type"] = "thinking", ["thinking"] = reasoning, ["signature"] = answer.Signature ?? "",
            };
        }

        if (answer.Text.Length > 0)
        {
            yield return new() { ["type"] = "text", ["text"] = answer.Text };
        }

        foreach (ScriptedCall call in answer.Calls)
        {
            yield return new()
            {
                ["type"] = "tool_use",
                ["id"] = call.Id,
                ["name"] = call.Name,
                ["input"] = JsonNode.Parse(call.Arguments),
            };
        }
    }

    private static string StopReason(ScriptedAnswer answer) =>
        answer.Truncated ? "max_tokens" : answer.Calls.Count > 0 ? "tool_use" : "end_turn";

    private static JsonObject Message(UpstreamCall call, ScriptedUsage usage, int output) => new()
    {
        ["id"] = "msg_fake",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = call.Model,
        ["content"] = new JsonArray(),
        ["stop_reason"] = null,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = usage.Input,
            ["cache_read_input_tokens"] = usage.CacheRead,
            ["cache_creation_input_tokens"] = usage.CacheWrite,
            ["output_tokens"] = output,
        },
    };
}
