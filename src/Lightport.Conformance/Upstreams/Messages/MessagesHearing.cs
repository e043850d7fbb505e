using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Messages;

/// <summary>Reads what a Messages request says.</summary>
internal static class MessagesHearing
{
    public static IReadOnlyList<Fact> Hear(JsonObject body)
    {
        var facts = new FactList();
        facts.AddParagraphs(Subjects.System, body.Text("system"));
        foreach (JsonObject block in body.Items("system"))
        {
            facts.AddParagraphs(Subjects.System, block.Text("text"));
        }

        foreach (JsonObject message in body.Items("messages"))
        {
            facts.AddParagraphs(Subjects.Text, message.Text("content"));
            foreach (JsonObject block in message.Items("content"))
            {
                Hear(block, Subjects.Text, facts);
            }
        }

        foreach (JsonObject tool in body.Items("tools"))
        {
            facts.AddTool(tool.Text("name"), tool["input_schema"]);
        }

        facts.AddSchema(body.Object("output_config").Object("format")?["schema"]);
        facts.Add(Subjects.Effort, body.Object("thinking").Text("type") is "enabled" or "adaptive" ? "on" : null);
        facts.Add(Subjects.Limit, body.Count("max_tokens")?.ToString(CultureInfo.InvariantCulture));
        foreach (JsonNode? stop in body["stop_sequences"] as JsonArray ?? [])
        {
            facts.Add(Subjects.Stop, (string?)stop);
        }

        return [.. facts];
    }

    /// <summary>What thinking is bound to: tools, system and messages, an item each.</summary>
    public static IEnumerable<string> History(JsonObject body) =>
        body.Items("tools").Concat(body.Items("system")).Concat(body.Items("messages")).Select(WithoutMarks);

    /// <summary>An item of the history without the marks that only say where a cache may end.</summary>
    private static string WithoutMarks(JsonObject item)
    {
        JsonObject copy = item.DeepClone().AsObject();
        copy.Remove("cache_control");
        foreach (JsonObject block in copy.Items("content"))
        {
            block.Remove("cache_control");
        }

        return copy.ToJsonString();
    }

    private static void Hear(JsonObject block, string subject, FactList facts)
    {
        switch (block.Text("type"))
        {
            case "text":
                facts.AddParagraphs(subject, block.Text("text"));
                break;
            case "image":
                facts.AddBytes(Subjects.Image, block.Object("source").Text("data"));
                break;
            case "document":
                facts.AddBytes(Subjects.File, block.Object("source").Text("data"));
                break;
            case "thinking":
                facts.Add(Subjects.State, block.Text("signature"));
                break;
            case "tool_use":
                facts.AddCall(block.Text("name"), block["input"]);
                break;
            case "tool_result":
                facts.AddParagraphs(Subjects.Result, block.Text("content"));
                foreach (JsonObject part in block.Items("content"))
                {
                    Hear(part, Subjects.Result, facts);
                }

                break;
        }
    }
}
