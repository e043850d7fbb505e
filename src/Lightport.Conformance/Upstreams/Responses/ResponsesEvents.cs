using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Responses;

/// <summary>Writes a response as events (https://platform.openai.com/docs/api-reference/responses-streaming).</summary>
internal static class ResponsesEvents
{
    public static IEnumerable<JsonObject> Of(Reply reply, string model)
    {
        foreach (string type in (string[])["response.created", "response.in_progress"])
        {
            yield return Event(type, ("response", ResponsesWriting.Snapshot(reply.Number, "in_progress", model)));
        }

        foreach ((int index, JsonObject item) in ResponsesWriting.Items(reply).Index())
        {
            JsonObject added = Begun(item);
            yield return Event("response.output_item.added", ("output_index", index), ("item", added));
            foreach (JsonObject one in Inside(item))
            {
                one["output_index"] = index;
                one["item_id"] = item.Text("id");
                yield return one;
            }

            yield return Event("response.output_item.done", ("output_index", index), ("item", item));
        }

        JsonObject whole = ResponsesWriting.Whole(reply, model);
        yield return Event($"response.{whole.Text("status")}", ("response", whole));
    }

    private static JsonObject Begun(JsonObject item)
    {
        JsonObject begun = item.DeepClone().AsObject();
        foreach (string list in (string[])["content", "summary"])
        {
            if (begun[list] is not null)
            {
                begun[list] = new JsonArray();
            }
        }

        begun.Remove("encrypted_content");
        if (begun["arguments"] is not null)
        {
            begun["arguments"] = "";
        }

        if (begun["status"] is not null)
        {
            begun["status"] = "in_progress";
        }

        return begun;
    }

    private static IEnumerable<JsonObject> Inside(JsonObject item) => item.Text("type") switch
    {
        "reasoning" => Part(
            item.Items("summary").Single(),
            "text",
            "reasoning_summary_part",
            "reasoning_summary_text",
            "summary_index"),
        "message" when item.Items("content").Single() is var part => Part(
            part,
            part.Text("type") == "refusal" ? "refusal" : "text",
            "content_part",
            part.Text("type") == "refusal" ? "refusal" : "output_text",
            "content_index"),
        _ => Arguments(item.Text("arguments")!),
    };

    private static IEnumerable<JsonObject> Part(
        JsonObject part, string field, string partName, string textName, string indexName)
    {
        string text = part.Text(field)!;
        JsonObject begun = part.DeepClone().AsObject();
        begun[field] = "";
        if (begun["annotations"] is not null)
        {
            begun["annotations"] = new JsonArray();
        }

        yield return Event($"response.{partName}.added", (indexName, 0), ("part", begun));
        foreach (string piece in Reply.Halves(text))
        {
            yield return Event($"response.{textName}.delta", (indexName, 0), ("delta", piece));
        }

        foreach ((int place, JsonObject annotation) in part.Items("annotations").Index())
        {
            yield return Event(
                "response.output_text.annotation.added",
                (indexName, 0),
                ("annotation_index", place),
                ("annotation", annotation.DeepClone()));
        }

        yield return Event($"response.{textName}.done", (indexName, 0), (field, text));
        yield return Event($"response.{partName}.done", (indexName, 0), ("part", part.DeepClone()));
    }

    private static IEnumerable<JsonObject> Arguments(string arguments) =>
    [
        .. Reply.Halves(arguments).Select(piece => Event("response.function_call_arguments.delta", ("delta", piece))),
        Event("response.function_call_arguments.done", ("arguments", arguments)),
    ];

    private static JsonObject Event(string type, params (string Name, JsonNode Value)[] fields)
    {
        var data = new JsonObject { ["type"] = type };
        foreach ((string name, JsonNode value) in fields)
        {
            data[name] = value;
        }

        return data;
    }
}
