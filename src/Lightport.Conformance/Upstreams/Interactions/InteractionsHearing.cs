using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Interactions;

/// <summary>Reads what a request for an interaction says.</summary>
internal static class InteractionsHearing
{
    public static IReadOnlyList<Fact> Hear(JsonObject body)
    {
        var facts = new FactList();
        facts.AddParagraphs(Subjects.System, body.Text("system_instruction"));
        foreach (JsonObject step in body.Items("input"))
        {
            Hear(step, facts);
        }

        foreach (JsonObject tool in body.Items("tools"))
        {
            facts.AddTool(tool.Text("name"), tool["parameters"]);
        }

        JsonObject? config = body.Object("generation_config");
        facts.AddSchema(body.Object("response_format").Object("schema"));
        facts.Add(Subjects.Effort, config.Text("thinking_level") is not null ? "on" : null);
        facts.Add(Subjects.Limit, config.Count("max_output_tokens")?.ToString(CultureInfo.InvariantCulture));
        foreach (JsonNode? stop in config?["stop_sequences"] as JsonArray ?? [])
        {
            facts.Add(Subjects.Stop, (string?)stop);
        }

        return [.. facts];
    }

    private static void Hear(JsonObject step, FactList facts)
    {
        switch (step.Text("type"))
        {
            case "thought":
                facts.Add(Subjects.State, step.Text("signature"));
                break;
            case "function_call":
                facts.AddCall(step.Text("name"), step["arguments"] ?? new JsonObject());
                break;
            case "function_result" when step["result"] is JsonArray contents:
                foreach (JsonObject content in contents.OfType<JsonObject>())
                {
                    Hear(content, Subjects.Result, facts);
                }

                break;
            case "function_result":
                facts.AddParagraphs(Subjects.Result, step.Text("result"));
                break;
            default:
                foreach (JsonObject content in step.Items("content"))
                {
                    Hear(content, Subjects.Text, facts);
                }

                break;
        }
    }

    /// <param name="words">What its text is of.</param>
    private static void Hear(JsonObject content, string words, FactList facts)
    {
        facts.AddParagraphs(words, content.Text("text"));
        facts.AddBytes(content.Text("type") == "image" ? Subjects.Image : Subjects.File, content.Text("data"));
    }
}
