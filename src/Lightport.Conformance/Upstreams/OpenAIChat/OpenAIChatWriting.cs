using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.OpenAIChat;

/// <summary>Writes answers as OpenAI's chat wire has them, whole and streamed.</summary>
internal static class OpenAIChatWriting
{
    private const long Created = 1_764_000_000;

    public static JsonObject Whole(Reply reply, string model)
    {
        Answer answer = reply.Answer;
        bool refuses = answer.Ending == Ending.Refusal;
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = refuses ? null : answer.Text,
            ["refusal"] = refuses ? answer.Text : null,
        };
        if (answer.Reasoning is not null)
        {
            message["reasoning_content"] = answer.Reasoning;
        }

        if (answer.Calls.Count > 0)
        {
            message["tool_calls"] = new JsonArray(
                [.. answer.Calls.Select((call, place) => Call(call, reply.CallIds[place]))]);
        }

        if (answer.Citations.Count > 0)
        {
            message["annotations"] = Annotations(answer);
        }

        JsonObject whole = Envelope(reply, model, "chat.completion", new JsonObject
        {
            ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = Finish(answer.Ending),
        });
        whole["usage"] = Usage(answer.Usage);
        return whole;
    }

    public static IEnumerable<byte[]> Frames(Reply reply, string model)
    {
        foreach (JsonObject delta in Deltas(reply))
        {
            yield return Chunk(delta, null);
        }

        yield return Chunk([], Finish(reply.Answer.Ending));
        JsonObject last = Envelope(reply, model, "chat.completion.chunk", null);
        last["usage"] = Usage(reply.Answer.Usage);
        yield return SseText.Data(last);
        yield return SseText.Data("[DONE]");

        byte[] Chunk(JsonObject delta, string? finish) => SseText.Data(Envelope(
            reply,
            model,
            "chat.completion.chunk",
            new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish }));
    }

    private static IEnumerable<JsonObject> Deltas(Reply reply)
    {
        Answer answer = reply.Answer;
        yield return new JsonObject { ["role"] = "assistant", ["content"] = "" };
        foreach (string piece in Reply.Halves(answer.Reasoning))
        {
            yield return new JsonObject { ["reasoning_content"] = piece };
        }

        string field = answer.Ending == Ending.Refusal ? "refusal" : "content";
        foreach (string piece in Reply.Halves(answer.Text))
        {
            yield return new JsonObject { [field] = piece };
        }

        if (answer.Citations.Count > 0)
        {
            yield return new JsonObject { ["annotations"] = Annotations(answer) };
        }

        foreach ((int place, Call call) in answer.Calls.Index())
        {
            JsonObject first = Call(call, reply.CallIds[place]);
            first["index"] = place;
            first["function"]!["arguments"] = "";
            yield return new JsonObject { ["tool_calls"] = new JsonArray(first) };
            foreach (string piece in Reply.Halves(call.Arguments.ToJsonString()))
            {
                yield return new JsonObject
                {
                    ["tool_calls"] = new JsonArray(new JsonObject
                    {
                        ["index"] = place, ["function"] = new JsonObject { ["arguments"] = piece },
                    }),
                };
            }
        }
    }

    private static JsonObject Envelope(Reply reply, string model, string kind, JsonObject? choice) => new()
    {
        ["id"] = $"chatcmpl-{reply.Number}",
        ["object"] = kind,
        ["created"] = Created,
        ["model"] = model,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
    };

    private static JsonObject Call(Call call, string id) => new()
    {
        ["id"] = id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments.ToJsonString() },
    };

    private static JsonArray Annotations(Answer answer) => new([.. answer.Citations.Select(citation => new JsonObject
    {
        ["type"] = "url_citation",
        ["url_citation"] = new JsonObject
        {
            ["url"] = citation.Url,
            ["title"] = citation.Title,
            ["start_index"] = 0,
            ["end_index"] = answer.Text!.Length,
        },
    })]);

    private static string Finish(Ending ending) => ending switch
    {
        Ending.Calls => "tool_calls",
        Ending.Length => "length",
        Ending.ContentFilter => "content_filter",
        _ => "stop",
    };

    private static JsonObject Usage(Usage usage) => new()
    {
        ["prompt_tokens"] = usage.Prompt,
        ["completion_tokens"] = usage.Output,
        ["total_tokens"] = usage.Prompt + usage.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
    };
}
