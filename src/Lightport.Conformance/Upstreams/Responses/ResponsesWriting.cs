using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;

namespace Lightport.Conformance.Upstreams.Responses;

/// <summary>Writes responses and their items.</summary>
internal static class ResponsesWriting
{
    private const long Created = 1_764_000_000;

    public static JsonObject Whole(Reply reply, string model)
    {
        Answer answer = reply.Answer;
        string? reason = answer.Ending switch
        {
            Ending.Length => "max_output_tokens",
            Ending.ContentFilter => "content_filter",
            _ => null,
        };
        JsonObject whole = Snapshot(reply.Number, reason is null ? "completed" : "incomplete", model);
        whole["incomplete_details"] = reason is null ? null : new JsonObject { ["reason"] = reason };
        whole["output"] = new JsonArray([.. Items(reply)]);
        whole["usage"] = Usage(answer.Usage);
        return whole;
    }

    public static JsonObject Failed(string message, string model)
    {
        JsonObject failed = Snapshot(0, "failed", model);
        failed["error"] = new JsonObject { ["code"] = "server_error", ["message"] = message };
        return failed;
    }

    /// <summary>A response of which there is nothing yet.</summary>
    public static JsonObject Snapshot(int number, string status, string model) => new()
    {
        ["id"] = $"resp_scripted{number}",
        ["object"] = "response",
        ["created_at"] = Created,
        ["status"] = status,
        ["error"] = null,
        ["incomplete_details"] = null,
        ["instructions"] = null,
        ["metadata"] = new JsonObject(),
        ["model"] = model,
        ["output"] = new JsonArray(),
        ["parallel_tool_calls"] = true,
        ["temperature"] = 1.0,
        ["tool_choice"] = "auto",
        ["tools"] = new JsonArray(),
        ["top_p"] = 1.0,
        ["usage"] = null,
    };

    /// <summary>The items of the output, done.</summary>
    public static IEnumerable<JsonObject> Items(Reply reply)
    {
        Answer answer = reply.Answer;
        if (answer.Reasoning is { } thought)
        {
            yield return new JsonObject
            {
                ["id"] = $"rs_scripted{reply.Number}",
                ["type"] = "reasoning",
                ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = thought }),
                ["encrypted_content"] = reply.State,
            };
        }

        if (answer.Text is { } text)
        {
            yield return new JsonObject
            {
                ["id"] = $"msg_scripted{reply.Number}",
                ["type"] = "message",
                ["role"] = "assistant",
                ["status"] = "completed",
                ["content"] = new JsonArray(Part(answer, text)),
            };
        }

        foreach ((int place, Call call) in answer.Calls.Index())
        {
            yield return new JsonObject
            {
                ["id"] = $"fc_scripted{reply.Number}{place}",
                ["type"] = "function_call",
                ["status"] = "completed",
                ["call_id"] = reply.CallIds[place],
                ["name"] = call.Name,
                ["arguments"] = call.Json,
            };
        }
    }

    private static JsonObject Part(Answer answer, string text) => answer.Ending == Ending.Refusal
        ? new JsonObject { ["type"] = "refusal", ["refusal"] = text }
        : new JsonObject
        {
            ["type"] = "output_text",
            ["text"] = text,
            ["annotations"] = new JsonArray([.. answer.Citations.Select(citation => new JsonObject
            {
                ["type"] = "url_citation",
                ["url"] = citation.Url,
                ["title"] = citation.Title,
                ["start_index"] = 0,
                ["end_index"] = text.Length,
            })]),
            ["logprobs"] = new JsonArray(),
        };

    private static JsonObject Usage(Usage usage) => new()
    {
        ["input_tokens"] = usage.Prompt,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached },
        ["output_tokens"] = usage.Output,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
        ["total_tokens"] = usage.Prompt + usage.Output,
    };
}
