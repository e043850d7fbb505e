using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Responses;

/// <summary>Reads what a Responses request says.</summary>
internal static class ResponsesHearing
{
    public static IReadOnlyList<Fact> Hear(JsonObject body)
    {
        var facts = new FactList();
        facts.AddParagraphs(Subjects.System, body.Text("instructions"));
        facts.AddParagraphs(Subjects.Text, body.Text("input"));
        foreach (JsonObject item in body.Items("input"))
        {
            Hear(item, facts);
        }

        foreach (JsonObject tool in body.Items("tools"))
        {
            facts.AddTool(tool.Text("name"), tool["parameters"]);
        }

        facts.AddSchema(body.Object("text").Object("format")?["schema"]);
        facts.Add(Subjects.Effort, body.Object("reasoning").Text("effort") is null or "none" ? null : "on");
        facts.Add(Subjects.Limit, body.Count("max_output_tokens")?.ToString(CultureInfo.InvariantCulture));
        return [.. facts];
    }

    private static void Hear(JsonObject item, FactList facts)
    {
        switch (item.Text("type") ?? "message")
        {
            case "message":
                bool isSystem = item.Text("role") is "system" or "developer";
                Hear(item, "content", isSystem ? Subjects.System : Subjects.Text, facts);
                break;
            case "reasoning":
                facts.Add(Subjects.State, item.Text("encrypted_content"));
                break;
            case "function_call":
                facts.AddCall(item.Text("name"), JsonReading.Parse(item.Text("arguments") ?? ""));
                break;
            case "function_call_output":
                Hear(item, "output", Subjects.Result, facts);
                break;
        }
    }

    private static void Hear(JsonObject item, string field, string subject, FactList facts)
    {
        facts.AddParagraphs(subject, item.Text(field));
        foreach (JsonObject part in item.Items(field))
        {
            facts.AddParagraphs(subject, part.Text("text") ?? part.Text("refusal"));
            facts.AddBytes(Subjects.Image, part.Text("image_url"));
            facts.AddBytes(Subjects.File, part.Text("file_data"));
        }
    }
}
