using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Interactions;

/// <summary>
/// Puts events together, and holds them to their order (https://ai.google.dev/gemini-api/docs/interactions/streaming).
/// Steps begin one after another, but several may be open at a time: each delta says whose it is.
/// </summary>
internal sealed class InteractionsFolder
{
    private readonly Folding _folding = new();
    private readonly JsonArray _steps = [];
    private readonly Dictionary<long, string> _open = [];

    public Folding Fold(IReadOnlyList<SseEvent> events)
    {
        foreach (SseEvent one in events.Where(one => one.Data != "[DONE]"))
        {
            JsonObject data = one.Json ?? [];
            string type = data.Text("event_type") ?? "";
            _folding.Demand(one.Name is null || one.Name == type, "an event whose name is not its type");
            _folding.Demand(!_folding.IsEnded && _folding.Error is null, "an event after the last");
            Add(type, data);
        }

        _folding.Whole["steps"] = _steps;
        return _folding;
    }

    private void Add(string type, JsonObject data)
    {
        long index = data.Count("index") ?? -1;
        switch (type)
        {
            case "interaction.created" or "interaction.status_update":
                break;
            case "step.start":
                _folding.Demand(index == _steps.Count, "a step out of order");
                _steps.Add(data.Object("step")?.DeepClone() ?? new JsonObject());
                _open[index] = "";
                break;
            case "step.delta":
                _folding.Demand(_open.ContainsKey(index), "a delta of no open step");
                AddDelta(index, data.Object("delta") ?? []);
                break;
            case "step.stop":
                _folding.Demand(_open.ContainsKey(index), "a stop of no open step");
                EndStep(index);
                break;
            case "interaction.completed":
                _folding.Demand(_open.Count == 0, "the end inside a step");
                _folding.Whole = data.Object("interaction")?.DeepClone().AsObject() ?? [];
                _folding.IsEnded = true;
                break;
            case "error":
                _folding.Error = data.Object("error").Text("message") ?? "";
                break;
            default:
                _folding.Demand(false, $"an event of type '{type}'");
                break;
        }
    }

    private void AddDelta(long index, JsonObject delta)
    {
        if (!_open.TryGetValue(index, out string? arguments))
        {
            return;
        }

        JsonObject step = _steps[(int)index]!.AsObject();
        switch (delta.Text("type"))
        {
            case "text":
                Last(step, "content").Append("text", delta.Text("text"));
                break;
            case "text_annotation_delta":
                foreach (JsonObject annotation in delta.Items("annotations"))
                {
                    Last(step, "content").List("annotations").Add(annotation.DeepClone());
                }

                break;
            case "thought_summary":
                Last(step, "summary").Append("text", delta.Object("content").Text("text"));
                break;
            case "thought_signature":
                step["signature"] = delta["signature"]?.DeepClone();
                break;
            case "arguments_delta":
                _open[index] = arguments + delta.Text("arguments");
                break;
        }
    }

    /// <summary>The text that grows, in a list of texts.</summary>
    private static JsonObject Last(JsonObject step, string list)
    {
        JsonArray texts = step.List(list);
        if (texts.Count == 0)
        {
            texts.Add(new JsonObject { ["type"] = "text" });
        }

        return texts[^1]!.AsObject();
    }

    private void EndStep(long index)
    {
        if (_open.Remove(index, out string? arguments) && arguments.Length > 0)
        {
            JsonObject? parsed = JsonReading.Parse(arguments);
            _folding.Demand(parsed is not null, "a call whose arguments are no JSON");
            _steps[(int)index]!["arguments"] = parsed;
        }
    }
}
