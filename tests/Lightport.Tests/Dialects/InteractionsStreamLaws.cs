using System.Text.Json.Nodes;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Dialects;

/// <summary>
/// Judges what a client of Interactions is told: it is created, its steps each have their start, deltas and stop under
/// an index of their own that counts from 0, it is completed and done; or, at any point, one error and nothing after it.
/// </summary>
internal static class InteractionsStreamLaws
{
    private static readonly string[] Statuses = ["completed", "requires_action", "incomplete"];

    /// <returns>The law that a stream breaks; null for a lawful one.</returns>
    public static string? Broken(string text)
    {
        var open = new HashSet<int>();
        int steps = 0;
        string last = "";
        foreach (string frame in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = frame.Split('\n');
            if (lines.Length != 2 || !lines[0].StartsWith("event: ", StringComparison.Ordinal)
                || !lines[1].StartsWith("data: ", StringComparison.Ordinal) || last is "done" or "error")
            {
                return $"a frame that is no event, or comes after the end: {frame}";
            }

            string name = lines[0]["event: ".Length..];
            if (name != "done")
            {
                JsonObject told = JsonNode.Parse(lines[1]["data: ".Length..])!.AsObject();
                if (Step(told, name, open, ref steps) is { } breach)
                {
                    return breach;
                }
            }

            last = name == "done" && last != "interaction.completed" ? "done too early" : name;
        }

        return last is "done" or "error" ? null : $"the last event is {last}";
    }

    /// <returns>The law that a whole interaction breaks; null for a lawful one.</returns>
    public static string? BrokenWhole(JsonObject body) =>
        body.Text("id") is null || body.Text("model") is null ? "no id or model"
        : !Statuses.Contains(body.Text("status")) ? $"status is {body.Text("status")}"
        : body["steps"] is not JsonArray ? "no steps"
        : body["usage"]?["total_tokens"] is null ? "no usage"
        : body.Items("steps").Any(step => step.Text("type") == "function_call"
            && (step.Text("id") is null || step.Text("name") is null || step["arguments"] is not JsonObject))
            ? "a call that is not whole" : null;

    private static string? Step(JsonObject told, string name, HashSet<int> open, ref int steps)
    {
        int index = (int?)told["index"] ?? -1;
        return told.Text("event_type") != name ? $"{name} is of type {told.Text("event_type")}" : name switch
        {
            "interaction.created" => steps == 0 ? null : "created after a step",
            "step.start" => index == steps++ && open.Add(index) ? null : "a step out of order",
            "step.delta" => open.Contains(index) ? null : "a delta of no open step",
            "step.stop" => open.Remove(index) ? null : "a stop of no open step",
            "interaction.completed" => open.Count > 0 ? "the end inside a step"
                : BrokenWhole(WithSteps(told["interaction"]!.AsObject())),
            "error" => told["error"].Text("message") is null ? "an error without a message" : null,
            _ => $"an event of type {name}",
        };
    }

    /// <summary>The last event tells all but the steps.</summary>
    private static JsonObject WithSteps(JsonObject interaction)
    {
        JsonObject whole = interaction.DeepClone().AsObject();
        whole["steps"] = new JsonArray();
        return whole;
    }
}
