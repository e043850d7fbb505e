using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Converse;

/// <summary>Reads what a Converse request says.</summary>
internal static class ConverseHearing
{
    public static IReadOnlyList<Fact> Hear(JsonObject body)
    {
        var facts = new FactList();
        foreach (JsonObject block in body.Items("system"))
        {
            facts.AddParagraphs(Subjects.System, block.Text("text"));
        }

        foreach (JsonObject block in body.Items("messages").SelectMany(message => message.Items("content")))
        {
            Hear(block, Subjects.Text, facts);
        }

        foreach (JsonObject? tool in body.Object("toolConfig").Items("tools").Select(tool => tool.Object("toolSpec")))
        {
            if (tool is not null)
            {
                facts.AddTool(tool.Text("name"), tool.Object("inputSchema")?["json"]);
            }
        }

        string? schema = body.Object("outputConfig").Object("textFormat").Object("structure").Object("jsonSchema")
            .Text("schema");
        facts.AddSchema(JsonReading.Parse(schema ?? ""));
        JsonObject? thinking = body.Object("additionalModelRequestFields").Object("thinking");
        facts.Add(Subjects.Effort, thinking.Text("type") is "enabled" or "adaptive" ? "on" : null);
        JsonObject? inference = body.Object("inferenceConfig");
        facts.Add(Subjects.Limit, inference.Count("maxTokens")?.ToString(CultureInfo.InvariantCulture));
        foreach (JsonNode? stop in inference?["stopSequences"] as JsonArray ?? [])
        {
            facts.Add(Subjects.Stop, (string?)stop);
        }

        return [.. facts];
    }

    /// <summary>An item of the history without the points that only say where a cache may end.</summary>
    public static string WithoutMarks(JsonObject item)
    {
        JsonObject copy = item.DeepClone().AsObject();
        foreach (JsonObject point in copy.Items("content").Where(block => block["cachePoint"] is not null).ToArray())
        {
            copy.List("content").Remove(point);
        }

        return copy.ToJsonString();
    }

    private static void Hear(JsonObject block, string subject, FactList facts)
    {
        facts.AddParagraphs(subject, block.Text("text"));
        facts.AddBytes(Subjects.Image, block.Object("image").Object("source").Text("bytes"));
        facts.AddBytes(Subjects.File, block.Object("document").Object("source").Text("bytes"));
        facts.Add(Subjects.State, block.Object("reasoningContent").Object("reasoningText").Text("signature"));
        if (block.Object("toolUse") is { } use)
        {
            facts.AddCall(use.Text("name"), use["input"]);
        }

        foreach (JsonObject part in block.Object("toolResult").Items("content"))
        {
            Hear(part, Subjects.Result, facts);
        }
    }
}
