using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Conformance.Cases;

/// <summary>What the cases are made of.</summary>
internal static class Samples
{
    /// <summary>One pixel.</summary>
    public static Picture Picture { get; } = new(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static Document Document { get; } = new("report.pdf", Convert.ToBase64String(Encoding.ASCII.GetBytes(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        + "trailer<</Root 1 0 R>>\n%%EOF\n")));

    public static Tool Weather { get; } = new(
        "get_weather",
        "Tells the weather of a city.",
        Parse("""
            {"type":"object","properties":{"city":{"type":"string","description":"The city's name."}},
             "required":["city"],"additionalProperties":false}
            """));

    public static Tool Clock { get; } = new(
        "get_time",
        "Tells the time of a city.",
        Parse("""
            {"type":"object","properties":{"city":{"type":"string"},"zone":{"type":"string","enum":["utc","local"]}},
             "required":["city","zone"],"additionalProperties":false}
            """));

    public static JsonObject Schema { get; } = Parse("""
        {"type":"object","properties":{"city":{"type":"string"},"population":{"type":"integer"}},
         "required":["city","population"],"additionalProperties":false}
        """);

    public static Citation Citation { get; } = new("https://example.com/lisbon", "Lisbon, a city");

    public static Call Ask(Tool tool, string city) => new(tool.Name, tool == Clock
        ? new JsonObject { ["city"] = city, ["zone"] = "utc" }
        : new JsonObject { ["city"] = city });

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
