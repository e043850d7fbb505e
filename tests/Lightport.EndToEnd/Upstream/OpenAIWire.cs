using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>https://platform.openai.com/docs/api-reference/chat, with reasoning as DeepSeek has it.</summary>
internal static class OpenAIWire
{
    private const long Created = 1_700_000_000;

    public static async Task WriteAsync(UpstreamCall call, ScriptedAnswer answer)
    {
        HttpResponse response = call.Context.Response;
        response.Headers["x-request-id"] = "req_fake";
        response.Headers["x-ratelimit-remaining-requests"] = "41";
        if (!call.Stream)
        {
            response.ContentType = "application/json";
            await response.WriteAsync(Whole(call, answer).ToWire());
            return;
        }

        response.ContentType = "text/event-stream";
        foreach (JsonObject chunk in Chunks(call, answer))
        {
            await SendAsync(call, chunk.ToWire());
        }

        await SendAsync(call, "[DONE]");
    }

    public static async Task SendAsync(UpstreamCall call, string data)
    {
        await call.Context.Response.WriteAsync($"data: {data}\n\n", Encoding.UTF8, call.Context.RequestAborted);
        await call.Context.Response.Body.FlushAsync(call.Context.RequestAborted);
    }

    public static IEnumerable<JsonObject> Chunks(UpstreamCall call, ScriptedAnswer answer)
    {
        bool usage = call.Body.TryGetProperty("stream_options", out var options)
            && options.TryGetProperty("include_usage", out var include) && include.GetBoolean();
        foreach (JsonObject delta in Deltas(answer))
        {
            yield return Chunk(call, Choice("delta", delta, finish: null), usage);
        }

        yield return Chunk(call, Choice("delta", [], Finish(answer)), usage);
        if (usage)
        {
            JsonObject last = Chunk(call, choice: null, usage);
            last["usage"] = Usage(answer.Usage);
            yield return last;
        }
    }

    public static JsonObject Chunk(UpstreamCall call, JsonObject? choice, bool usage = false)
    {
        JsonObject chunk = Envelope(call, "chat.completion.chunk", choice);
        if (usage)
        {
            chunk["usage"] = null;
        }

        return chunk;
    }

    public static JsonObject Choice(string field, JsonObject value, string? finish) =>
        new() { ["index"] = 0, [field] = value, ["logprobs"] = null, ["finish_reason"] = finish };

    private static IEnumerable<JsonObject> Deltas(ScriptedAnswer answer)
    {
        yield return new() { ["role"] = "assistant", ["content"] = "" };
        foreach (string piece in Pieces.Of(answer.Reasoning ?? ""))
        {
            yield return new() { ["reasoning_content"] = piece };
        }

        foreach (string piece in Pieces.Of(answer.Text))
        {
            yield return new() { ["content"] = piece };
        }

        for (int index = 0; index < answer.Calls.Count; index++)
        {
            JsonObject first = ToolCall(answer.Calls[index], arguments: "");
            first["index"] = index;
            yield return new() { ["tool_calls"] = new JsonArray(first) };
            foreach (string piece in Pieces.Of(answer.Calls[index].Arguments, answer.Uncut))
            {
                JsonObject more = new() { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = piece } };
                yield return new() { ["tool_calls"] = new JsonArray(more) };
            }
        }
    }

    private static JsonObject Whole(UpstreamCall call, ScriptedAnswer answer)
    {
        JsonObject message = new()
        {
            ["role"] = "assistant",
            ["content"] = answer.Text.Length > 0 ? answer.Text : null,
            ["refusal"] = null,
        };
        if (answer.Reasoning is { } reasoning)
        {
            message["reasoning_content"] = reasoning;
        }

        if (answer.Calls.Count > 0)
        {
            message["tool_calls"] =
                new JsonArray([.. answer.Calls.Select(item => (JsonNode)ToolCall(item, item.Arguments))]);
        }

        JsonObject whole = Envelope(call, "chat.completion", Choice("message", message, Finish(answer)));
        whole["usage"] = Usage(answer.Usage);
        return whole;
    }

    private static JsonObject Envelope(UpstreamCall call, string kind, JsonObject? choice) => new()
    {
        ["id"] = "chatcmpl-fake",
        ["object"] = kind,
        ["created"] = Created,
        ["model"] = call.Model,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
    };

    private static JsonObject ToolCall(ScriptedCall call, string arguments) => new()
    {
        ["id"] = call.Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = arguments },
    };

    private static string Finish(ScriptedAnswer answer) =>
        answer.Truncated ? "length" : answer.Calls.Count > 0 ? "tool_calls" : "stop";

    private static JsonObject Usage(ScriptedUsage usage) => new()
    {
        ["prompt_tokens"] = usage.Input + usage.CacheRead,
        ["completion_tokens"] = usage.Output,
        ["total_tokens"] = usage.Input + usage.CacheRead + usage.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheRead, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
    };
}
