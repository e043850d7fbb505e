using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects;

/// <summary>
/// A schema that leads back to itself, as a tree's or a list's: said where the target takes it, and where not, said
/// otherwise or named.
/// </summary>
public sealed class RecursiveSchemaTests : IDisposable
{
    private const string Tree = """
        {"type":"object","properties":{"root":{"$ref":"#/$defs/Node","description":"Where it begins."}},"required":["root"],
         "$defs":{"Node":{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/Node"}}},
          "required":["name","children"],"additionalProperties":false}},"additionalProperties":false}
        """;

    private readonly SaidEverywhere _gateway = new();

    [Fact]
    public async Task Tree_ForGemini_NeedNotBeRequired_AndRefersAlone() => Assert.Equal(
        Compact("""
            {"type":"object","properties":{"root":{"anyOf":[{"$ref":"#/$defs/Node"}],"description":"Where it begins."}},"required":["root"],
             "$defs":{"Node":{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/Node"}}},
              "required":["name"],"additionalProperties":false,"description":"{required: [\"name\",\"children\"]}"}},"additionalProperties":false}
            """),
        await AnswerSchemaAsync(Tree));

    [Theory]
    [InlineData("to the root", """{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"]}""", "[]")]
    [InlineData("by way of another", """{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"required":["a"],"$defs":{"A":{"anyOf":[{"$ref":"#"},{"type":"null"}]}}}""", "[]")]
    [InlineData("not at all", """{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"required":["a"],"$defs":{"A":{"type":"string"}}}""", """["a"]""")]
    [InlineData("further in", """{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"required":["a"],"$defs":{"A":{"type":"object","properties":{"n":{"$ref":"#/$defs/A"}}}}}""", """["a"]""")]
    [InlineData("to a place", """{"type":"object","properties":{"a":{"type":"array","items":{"$ref":"#/properties/a"}}},"required":["a"]}""", "[]")]
    [InlineData("to nothing", """{"type":"object","properties":{"a":{"$ref":"#/$defs/None"}},"required":["a"]}""", """["a"]""")]
    public async Task Required_ForGemini_LacksWhatLeadsBackAlone(string leads, string schema, string required)
    {
        var written = JsonNode.Parse(await AnswerSchemaAsync(schema))!;

        Assert.Equal(required, written["required"]!.ToJsonString());
        Assert.NotEmpty(leads);
    }

    [Fact]
    public async Task AllOfOne_ForGemini_IsAnyOfOne() => Assert.Equal(
        """{"type":"object","properties":{"a":{"anyOf":[{"$ref":"#/$defs/A"}]}},"$defs":{"A":{"type":"string"}}}""",
        await AnswerSchemaAsync("""{"type":"object","properties":{"a":{"allOf":[{"$ref":"#/$defs/A"}]}},"$defs":{"A":{"type":"string"}}}"""));

    [Theory]
    [InlineData("chat", "")]
    [InlineData("messages", "response_format.json_schema.strict")]
    [InlineData("converse", "response_format.json_schema.strict")]
    public async Task Tree_IsSaidAsItIs_AndNamedWhereNobodyHoldsToIt(string model, string lost)
    {
        (JsonObject? sent, _, string told) =
            await _gateway.AskAsync(GatewayEndpoints.ChatCompletions, model, Format(Tree));

        Assert.Contains("#/$defs/Node", sent!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(lost, told);
    }

    [Theory]
    [InlineData("chat", "tools", true)]
    [InlineData("messages", "tools", true)]
    [InlineData("converse", "toolConfig", true)]
    [InlineData("gemini", "tools", false)]
    public async Task Tree_OfATool_IsItsSchema(string model, string field, bool isWhole)
    {
        (JsonObject? sent, _, string lost) = await _gateway.AskAsync(
            GatewayEndpoints.ChatCompletions,
            model,
            "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":"
                + $"{{\"name\":\"f\",\"parameters\":{Compact(Tree)}}}}}]");

        string tools = sent![field]!.ToJsonString(Plain);
        Assert.Equal(isWhole, tools.Contains(Compact(Tree), StringComparison.Ordinal));
        Assert.Contains("#/$defs/Node", tools, StringComparison.Ordinal);
        Assert.Empty(lost);
    }

    public void Dispose() => _gateway.Dispose();

    private static System.Text.Json.JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Format(string schema) =>
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\","
        + $"\"json_schema\":{{\"name\":\"tree\",\"strict\":true,\"schema\":{schema}}}}}";

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString(Plain);

    private async Task<string> AnswerSchemaAsync(string schema)
    {
        (JsonObject? sent, _, _) = await _gateway.AskAsync(GatewayEndpoints.ChatCompletions, "gemini", Format(schema));
        return sent!["generationConfig"]!["responseJsonSchema"]!.ToJsonString(Plain);
    }
}
