using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Reads answers of Google's Interactions, whole and streamed.</summary>
internal static class InteractionsReading
{
    public static Told Read(byte[] body, bool isStream)
    {
        JsonObject interaction = isStream ? Fold(body) : JsonNode.Parse(body)!.AsObject();
        JsonObject[] steps = [.. interaction.Items("steps")];
        ToldPart[] parts = [.. steps.SelectMany(Parts)];
        string? reason = interaction.Items("errors").Any() ? "content_filter"
            : interaction.Text("status") == "incomplete" ? "length" : null;
        var choice = new ToldChoice(
            0,
            Words.Finish(reason, parts.Any(part => part.Kind == ToldPart.Call)),
            ToldPart.Join(parts),
            [.. steps.Select(step => Words.Signature(step.Text("signature"))).OfType<string>()],
            [],
            [.. steps.SelectMany(step => step.Items("content")).SelectMany(Citations)]);
        return new Told([choice], interaction["usage"] is JsonObject usage ? ToldUsage.OfInteractions(usage) : null);
    }

    private static IEnumerable<ToldPart> Parts(JsonObject step) => step.Text("type") switch
    {
        "thought" => step.Items("summary").Select(words => new ToldPart(ToldPart.Thinking, words.Text("text") ?? "")),
        "model_output" => step.Items("content").Select(content => content.Text("type") == "text"
            ? new ToldPart(ToldPart.Words, content.Text("text") ?? "")
            : new ToldPart("media", content.ToJsonString())),
        "function_call" =>
            [new ToldPart(ToldPart.Call, Arguments(step["arguments"]), step.Text("id"), step.Text("name"))],
        string own => [new ToldPart(own, step.ToJsonString())],
        null => [],
    };

    private static string Arguments(JsonNode? arguments) =>
        Words.Arguments(arguments is JsonValue text ? (string)text! : arguments?.ToJsonString() ?? "");

    /// <summary>Spans count the bytes of the text that cites.</summary>
    private static IEnumerable<ToldCitation> Citations(JsonObject content)
    {
        byte[] text = Encoding.UTF8.GetBytes(content.Text("text") ?? "");
        foreach (JsonObject annotation in content.Items("annotations"))
        {
            int start = (int?)annotation["start_index"] ?? 0;
            int end = (int?)annotation["end_index"] ?? 0;
            bool isSpan = 0 <= start && start < end && end <= text.Length;
            yield return new ToldCitation(
                annotation.Text("url"),
                annotation.Text("title") ?? annotation.Text("file_name"),
                isSpan ? Encoding.UTF8.GetString(text[start..end]) : null);
        }
    }

    /// <summary>The interaction that a stream puts together.</summary>
    private static JsonObject Fold(byte[] body)
    {
        JsonObject interaction = [];
        var steps = new SortedDictionary<int, JsonObject>();
        foreach (JsonObject data in SseData.Objects(body))
        {
            int index = (int?)data["index"] ?? -1;
            switch (data.Text("event_type"))
            {
                case "step.start":
                    steps[index] = data["step"]!.DeepClone().AsObject();
                    break;
                case "step.delta":
                    Add(steps[index], data["delta"]!.AsObject());
                    break;
                case "interaction.completed":
                    interaction = data["interaction"]!.DeepClone().AsObject();
                    break;
            }
        }

        interaction["steps"] = new JsonArray([.. steps.Values]);
        return interaction;
    }

    private static void Add(JsonObject step, JsonObject delta)
    {
        switch (delta.Text("type"))
        {
            case "text":
                JsonObject text = Last(step, "content");
                text["text"] = text.Text("text") + delta.Text("text");
                break;
            case "text_annotation_delta":
                JsonObject cited = Last(step, "content");
                cited["annotations"] = new JsonArray(
                    [.. cited.Items("annotations").Concat(delta.Items("annotations")).Select(one => one.DeepClone())]);
                break;
            case "thought_summary":
                JsonObject words = Last(step, "summary");
                words["text"] = words.Text("text") + delta["content"].Text("text");
                break;
            case "thought_signature":
                step["signature"] = delta["signature"]!.DeepClone();
                break;
            case "arguments_delta":
                string before = step["arguments"] is JsonValue known ? (string)known! : "";
                step["arguments"] = before + delta.Text("arguments");
                break;
            default:
                List(step, "content").Add(delta.DeepClone());
                break;
        }
    }

    /// <summary>The text that grows, in a list of texts.</summary>
    private static JsonObject Last(JsonObject step, string name)
    {
        JsonArray list = List(step, name);
        if (list is not [.., JsonObject last] || last.Text("type") != "text")
        {
            list.Add(new JsonObject { ["type"] = "text" });
        }

        return list[^1]!.AsObject();
    }

    private static JsonArray List(JsonObject step, string name)
    {
        if (step[name] is not JsonArray)
        {
            step[name] = new JsonArray();
        }

        return step[name]!.AsArray();
    }
}
