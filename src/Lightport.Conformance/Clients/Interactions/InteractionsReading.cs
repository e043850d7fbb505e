using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Interactions;

/// <summary>Reads an interaction.</summary>
internal static class InteractionsReading
{
    public static IEnumerable<string> Broken(JsonObject whole)
    {
        if (string.IsNullOrEmpty(whole.Text("id")) || whole["steps"] is not JsonArray)
        {
            yield return "an interaction without id or steps";
        }

        if (Finish(whole.Text("status")) is null)
        {
            yield return $"status is {whole.Text("status")}";
        }

        foreach (JsonObject step in whole.Items("steps"))
        {
            bool isWhole = step.Text("type") switch
            {
                "model_output" => step["content"] is JsonArray,
                "function_call" => step["arguments"] is JsonObject
                    && !string.IsNullOrEmpty(step.Text("id")) && !string.IsNullOrEmpty(step.Text("name")),
                "thought" => true,
                _ => false,
            };
            if (!isWhole)
            {
                yield return $"a step of type {step.Text("type")} that is not whole";
            }
        }
    }

    public static Told Tell(JsonObject whole)
    {
        JsonObject[] steps = [.. whole.Items("steps")];
        JsonObject[] contents = [.. Of("model_output").SelectMany(step => step.Items("content"))];
        ToldCall[] calls = [.. Of("function_call").Select(step => new ToldCall(
            step.Text("id") ?? "", step.Text("name") ?? "", step.Object("arguments") ?? []))];
        var facts = new FactList();
        facts.Add(Subjects.Reasoning, string.Concat(
            Of("thought").SelectMany(step => step.Items("summary")).Select(part => part.Text("text"))));
        facts.Add(Subjects.Text, string.Concat(contents.Select(content => content.Text("text"))));
        foreach (ToldCall call in calls)
        {
            facts.AddCall(call.Name, call.Arguments);
        }

        foreach (JsonObject cited in contents.SelectMany(content => content.Items("annotations")))
        {
            facts.Add(Subjects.Citation, $"{cited.Text("url")} {cited.Text("title")}");
        }

        return new Told([.. facts], calls, Finish(whole.Text("status")), Usage(whole.Object("usage")))
        {
            Order = Told.OrderOf(steps.Select(Subject)),
        };

        IEnumerable<JsonObject> Of(string type) => steps.Where(step => step.Text("type") == type);
    }

    private static string? Subject(JsonObject step) => step.Text("type") switch
    {
        "thought" when step.Items("summary").Any() => Subjects.Reasoning,
        "model_output" when step.Items("content").Any() => Subjects.Text,
        "function_call" => Subjects.Call,
        _ => null,
    };

    /// <summary>One word says that an answer was cut, whether by its length or by a filter.</summary>
    private static string? Finish(string? status) => status switch
    {
        "completed" => Told.Stop,
        "requires_action" => Told.CallsMade,
        "incomplete" => Told.CutShort,
        _ => null,
    };

    private static Usage? Usage(JsonObject? usage)
    {
        if (usage?.Count("total_input_tokens") is not { } prompt)
        {
            return null;
        }

        long thought = usage.Count("total_thought_tokens") ?? 0;
        return new Usage(
            prompt,
            usage.Count("total_cached_tokens") ?? 0,
            (usage.Count("total_output_tokens") ?? 0) + thought,
            thought);
    }
}
