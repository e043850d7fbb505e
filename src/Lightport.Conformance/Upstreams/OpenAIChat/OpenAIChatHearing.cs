using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.OpenAIChat;

/// <summary>Reads what a chat request says.</summary>
internal static class OpenAIChatHearing
{
    public static IReadOnlyList<Fact> Hear(JsonObject body)
    {
        var facts = new FactList();
        foreach (JsonObject message in body.Items("messages"))
        {
            Hear(message, facts);
        }

        foreach (JsonObject? function in body.Items("tools").Select(tool => tool.Object("function")))
        {
            facts.AddTool(function.Text("name"), function?["parameters"]);
        }

        facts.AddSchema(body.Object("response_format").Object("json_schema")?["schema"]);
        facts.Add(Subjects.Effort, body.Text("reasoning_effort") is null or "none" ? null : "on");
        facts.Add(Subjects.Limit, (body.Count("max_completion_tokens") ?? body.Count("max_tokens"))
            ?.ToString(CultureInfo.InvariantCulture));
        foreach (JsonNode? stop in body["stop"] as JsonArray ?? [body["stop"]?.DeepClone()])
        {
            facts.Add(Subjects.Stop, (string?)stop);
        }

        return [.. facts];
    }

    private static void Hear(JsonObject message, FactList facts)
    {
        string subject = message.Text("role") switch
        {
            "system" or "developer" => Subjects.System,
            "tool" => Subjects.Result,
            _ => Subjects.Text,
        };
        facts.Add(Subjects.State, message.Text("reasoning_content"));
        facts.AddParagraphs(subject, message.Text("content"));
        foreach (JsonObject part in message.Items("content"))
        {
            facts.AddParagraphs(subject, part.Text("text"));
            facts.AddBytes(Subjects.Image, part.Object("image_url").Text("url"));
            facts.AddBytes(Subjects.File, part.Object("file").Text("file_data"));
        }

        foreach (JsonObject call in message.Items("tool_calls"))
        {
            JsonObject? function = call.Object("function");
            facts.AddCall(function.Text("name"), JsonReading.Parse(function.Text("arguments") ?? ""));
        }
    }
}
