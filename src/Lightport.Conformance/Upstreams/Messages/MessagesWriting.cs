using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;

namespace Lightport.Conformance.Upstreams.Messages;

/// <summary>Writes answers as Anthropic's API has them, whole and streamed.</summary>
internal static class MessagesWriting
{
    public static JsonObject Whole(Reply reply, string model) =>
        Envelope(reply, model, [.. Blocks(reply).Select(block => block.Whole)], Stop(reply.Answer.Ending));

    /// <summary>The data of each event; its name is its type.</summary>
    public static IEnumerable<JsonObject> Events(Reply reply, string model)
    {
        JsonObject message = Envelope(reply, model, [], null);
        message["usage"]!["output_tokens"] = 1;
        message["usage"]!.AsObject().Remove("output_tokens_details");
        message["stop_sequence"] = null;
        yield return new JsonObject { ["type"] = "message_start", ["message"] = message };
        yield return new JsonObject { ["type"] = "ping" };
        foreach ((int index, (JsonObject start, JsonObject[] deltas, _)) in Blocks(reply).Index())
        {
            yield return new JsonObject
            {
                ["type"] = "content_block_start", ["index"] = index, ["content_block"] = start,
            };
            foreach (JsonObject delta in deltas)
            {
                yield return new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta };
            }

            yield return new JsonObject { ["type"] = "content_block_stop", ["index"] = index };
        }

        yield return new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject
            {
                ["stop_reason"] = Stop(reply.Answer.Ending), ["stop_sequence"] = reply.Answer.StopSequence,
            },
            ["usage"] = Usage(reply.Answer.Usage),
        };
        yield return new JsonObject { ["type"] = "message_stop" };
    }

    public static JsonObject Error(int status, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject
        {
            ["type"] = status switch
            {
                429 => "rate_limit_error",
                >= 500 => "api_error",
                _ => "invalid_request_error",
            },
            ["message"] = message,
        },
        ["request_id"] = "req_scripted",
    };

    /// <summary>Each block as it starts, its deltas, and as it is whole.</summary>
    private static IEnumerable<(JsonObject Start, JsonObject[] Deltas, JsonObject Whole)> Blocks(Reply reply)
    {
        Answer answer = reply.Answer;
        if (answer.Reasoning is { } thinking)
        {
            yield return (
                new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" },
                [
                    .. Deltas("thinking_delta", "thinking", thinking),
                    new JsonObject { ["type"] = "signature_delta", ["signature"] = reply.State },
                ],
                new JsonObject { ["type"] = "thinking", ["thinking"] = thinking, ["signature"] = reply.State });
        }

        if (answer.Text is { } text)
        {
            var whole = new JsonObject { ["type"] = "text", ["text"] = text };
            if (answer.Citations.Count > 0)
            {
                whole["citations"] = new JsonArray([.. answer.Citations.Select(one => Citation(one, text))]);
            }

            yield return (
                new JsonObject { ["type"] = "text", ["text"] = "" },
                [
                    .. Deltas("text_delta", "text", text),
                    .. answer.Citations.Select(one => new JsonObject
                    {
                        ["type"] = "citations_delta", ["citation"] = Citation(one, text),
                    }),
                ],
                whole);
        }

        foreach ((int place, Call call) in answer.Calls.Index())
        {
            yield return (
                Use(call, reply.CallIds[place], new JsonObject()),
                [.. Deltas("input_json_delta", "partial_json", call.Arguments.ToJsonString())],
                Use(call, reply.CallIds[place], call.Arguments.DeepClone()));
        }
    }

    private static IEnumerable<JsonObject> Deltas(string type, string field, string text) =>
        Reply.Halves(text).Select(piece => new JsonObject { ["type"] = type, [field] = piece });

    private static JsonObject Use(Call call, string id, JsonNode input) => new()
    {
        ["type"] = "tool_use", ["id"] = id, ["name"] = call.Name, ["input"] = input,
    };

    private static JsonObject Citation(Citation citation, string text) => new()
    {
        ["type"] = "web_search_result_location",
        ["url"] = citation.Url,
        ["title"] = citation.Title,
        ["cited_text"] = text,
        ["encrypted_index"] = "c2NyaXB0ZWQ=",
    };

    private static JsonObject Envelope(Reply reply, string model, JsonArray content, string? stop) => new()
    {
        ["id"] = $"msg_01scripted{reply.Number}",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = model,
        ["content"] = content,
        ["stop_reason"] = stop,
        ["stop_sequence"] = reply.Answer.StopSequence,
        ["usage"] = Usage(reply.Answer.Usage),
    };

    private static string Stop(Ending ending) => ending switch
    {
        Ending.Calls => "tool_use",
        Ending.Length => "max_tokens",
        Ending.StopSequence => "stop_sequence",
        Ending.ContentFilter or Ending.Refusal => "refusal",
        _ => "end_turn",
    };

    private static JsonObject Usage(Usage usage) => new()
    {
        ["input_tokens"] = usage.Prompt - usage.Cached,
        ["cache_creation_input_tokens"] = 0,
        ["cache_read_input_tokens"] = usage.Cached,
        ["output_tokens"] = usage.Output,
        ["output_tokens_details"] = new JsonObject { ["thinking_tokens"] = usage.Reasoning },
    };
}
