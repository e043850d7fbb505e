using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Interactions;

/// <summary>Writes interactions, whole and in events.</summary>
internal static class InteractionsWriting
{
    public static JsonObject Whole(Reply reply, string model)
    {
        JsonObject interaction = Ended(reply, model);
        interaction["steps"] = new JsonArray([.. Steps(reply)]);
        return interaction;
    }

    public static IEnumerable<JsonObject> Events(Reply reply, string model)
    {
        yield return Event("interaction.created", "interaction", Head(reply.Number, model, "in_progress"));
        foreach ((int index, JsonObject step) in Steps(reply).Index())
        {
            yield return At(index, Event("step.start", "step", Opening(step)));
            foreach (JsonObject delta in Deltas(step))
            {
                yield return At(index, Event("step.delta", "delta", delta));
            }

            yield return At(index, new JsonObject { ["event_type"] = "step.stop" });
        }

        yield return Event("interaction.completed", "interaction", Ended(reply, model));
    }

    public static JsonObject Head(int number, string model, string status) => new()
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"v1_scripted{number}"),
        ["object"] = "interaction",
        ["model"] = model,
        ["status"] = status,
        ["created"] = "2026-11-01T12:00:00Z",
        ["updated"] = "2026-11-01T12:00:00Z",
    };

    public static JsonObject Error(string code, string message) => new() { ["code"] = code, ["message"] = message };

    private static JsonObject Ended(Reply reply, string model)
    {
        Ending ending = reply.Answer.Ending;
        JsonObject interaction = Head(reply.Number, model, ending switch
        {
            Ending.Calls => "requires_action",
            Ending.Length or Ending.ContentFilter => "incomplete",
            _ => "completed",
        });
        if (ending == Ending.ContentFilter)
        {
            interaction["errors"] = new JsonArray(Error("safety", "The output was blocked."));
        }

        Usage usage = reply.Answer.Usage;
        interaction["usage"] = new JsonObject
        {
            ["total_input_tokens"] = usage.Prompt,
            ["total_cached_tokens"] = usage.Cached,
            ["total_output_tokens"] = usage.Output - usage.Reasoning,
            ["total_thought_tokens"] = usage.Reasoning,
            ["total_tool_use_tokens"] = 0,
            ["total_tokens"] = usage.Prompt + usage.Output,
        };
        return interaction;
    }

    private static IEnumerable<JsonObject> Steps(Reply reply)
    {
        Answer answer = reply.Answer;
        if (reply.State is not null)
        {
            var thought = new JsonObject { ["type"] = "thought", ["signature"] = reply.State };
            if (answer.Reasoning is not null)
            {
                thought["summary"] = new JsonArray(Text(answer.Reasoning));
            }

            yield return thought;
        }

        if (answer.Text is not null)
        {
            JsonObject text = Text(answer.Text);
            if (answer.Citations.Count > 0)
            {
                text["annotations"] = new JsonArray([.. answer.Citations.Select(citation => new JsonObject
                {
                    ["type"] = "url_citation",
                    ["url"] = citation.Url,
                    ["title"] = citation.Title,
                    ["start_index"] = 0,
                    ["end_index"] = Encoding.UTF8.GetByteCount(answer.Text),
                })]);
            }

            yield return new JsonObject { ["type"] = "model_output", ["content"] = new JsonArray(text) };
        }

        foreach ((int place, Call call) in answer.Calls.Index())
        {
            yield return new JsonObject
            {
                ["type"] = "function_call",
                ["id"] = reply.CallIds[place],
                ["name"] = call.Name,
                ["arguments"] = call.Arguments.DeepClone(),
            };
        }
    }

    /// <summary>The step as it begins: what comes in pieces is not there yet.</summary>
    private static JsonObject Opening(JsonObject step)
    {
        var opening = new JsonObject();
        foreach ((string name, JsonNode? value) in step)
        {
            if (name is "type" or "id" or "name")
            {
                opening[name] = value?.DeepClone();
            }
        }

        if (step.Text("type") == "function_call")
        {
            opening["arguments"] = new JsonObject();
        }

        return opening;
    }

    private static IEnumerable<JsonObject> Deltas(JsonObject step)
    {
        foreach (JsonObject summary in step.Items("summary"))
        {
            foreach (string half in Reply.Halves(summary.Text("text")))
            {
                yield return new JsonObject { ["type"] = "thought_summary", ["content"] = Text(half) };
            }
        }

        if (step["signature"] is { } signature)
        {
            yield return new JsonObject { ["type"] = "thought_signature", ["signature"] = signature.DeepClone() };
        }

        foreach (JsonObject content in step.Items("content"))
        {
            foreach (string half in Reply.Halves(content.Text("text")))
            {
                yield return Text(half);
            }

            if (content["annotations"] is { } annotations)
            {
                yield return new JsonObject
                {
                    ["type"] = "text_annotation_delta", ["annotations"] = annotations.DeepClone(),
                };
            }
        }

        foreach (string half in Reply.Halves(step["arguments"]?.ToJsonString()))
        {
            yield return new JsonObject { ["type"] = "arguments_delta", ["arguments"] = half };
        }
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Event(string type, string field, JsonObject value) =>
        new() { ["event_type"] = type, [field] = value };

    private static JsonObject At(int index, JsonObject data)
    {
        data["index"] = index;
        return data;
    }
}
