using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Gemini;

/// <summary>Reads what a generateContent request says.</summary>
internal static class GeminiHearing
{
    public static IReadOnlyList<Fact> Hear(JsonObject body)
    {
        var facts = new FactList();
        foreach (JsonObject part in body.Object("systemInstruction").Items("parts"))
        {
            facts.AddParagraphs(Subjects.System, part.Text("text"));
        }

        foreach (JsonObject part in body.Items("contents").SelectMany(content => content.Items("parts")))
        {
            Hear(part, facts);
        }

        foreach (JsonObject tool in body.Items("tools").SelectMany(tool => tool.Items("functionDeclarations")))
        {
            facts.AddTool(tool.Text("name"), tool["parametersJsonSchema"] ?? tool["parameters"]);
        }

        JsonObject? config = body.Object("generationConfig");
        JsonObject? thinking = config.Object("thinkingConfig");
        facts.AddSchema(config.Object("responseJsonSchema") ?? config.Object("responseSchema"));
        facts.Add(Subjects.Effort, thinking.Text("thinkingLevel") is not null || thinking.Count("thinkingBudget") is > 0
            ? "on" : null);
        facts.Add(Subjects.Limit, config.Count("maxOutputTokens")?.ToString(CultureInfo.InvariantCulture));
        foreach (JsonNode? stop in config?["stopSequences"] as JsonArray ?? [])
        {
            facts.Add(Subjects.Stop, (string?)stop);
        }

        return [.. facts];
    }

    private static void Hear(JsonObject part, FactList facts)
    {
        facts.Add(Subjects.State, part.Text("thoughtSignature"));
        if ((bool?)part["thought"] != true)
        {
            facts.AddParagraphs(Subjects.Text, part.Text("text"));
        }

        HearBytes(part, facts);
        if (part.Object("functionCall") is { } call)
        {
            facts.AddCall(call.Text("name"), call["args"] ?? new JsonObject());
        }

        if (part.Object("functionResponse") is { } response)
        {
            foreach (string text in Texts(response["response"]))
            {
                facts.AddParagraphs(Subjects.Result, text);
            }

            foreach (JsonObject inner in response.Items("parts"))
            {
                HearBytes(inner, facts);
            }
        }
    }

    private static void HearBytes(JsonObject part, FactList facts)
    {
        JsonObject? data = part.Object("inlineData");
        bool isImage = data.Text("mimeType")?.StartsWith("image/", StringComparison.Ordinal) == true;
        facts.AddBytes(isImage ? Subjects.Image : Subjects.File, data.Text("data"));
    }

    /// <summary>A result is an object, in which any field may hold the tool's text.</summary>
    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };
}
