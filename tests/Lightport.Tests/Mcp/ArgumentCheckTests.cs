using System.Text.Json;
using Lightport.Mcp.Arguments;

namespace Lightport.Tests.Mcp;

public sealed class ArgumentCheckTests
{
    [Theory]
    [InlineData("""{"type":"object","required":["a"]}""", "{}", "arguments needs 'a'.")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""", "arguments.a must be of type string.")]
    [InlineData("""{"properties":{"a":{"type":["string","null"]}}}""", """{"a":1}""",
        "arguments.a must be of type [string,null].")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1.5}""", "arguments.a must be of type integer.")]
    [InlineData("""{"properties":{"a":{"enum":["x","y"]}}}""", """{"a":"z"}""",
        """arguments.a must be one of ["x","y"].""")]
    [InlineData("""{"properties":{"a":{"const":7}}}""", """{"a":8}""", "arguments.a must be 7.")]
    [InlineData("""{"properties":{"a":{"minimum":2}}}""", """{"a":1}""", "arguments.a must be at least 2.")]
    [InlineData("""{"properties":{"a":{"exclusiveMaximum":2}}}""", """{"a":2}""", "arguments.a must be below 2.")]
    [InlineData("""{"properties":{"a":{"maxLength":2}}}""", """{"a":"abc"}""",
        "arguments.a must have at most 2 characters.")]
    [InlineData("""{"properties":{"a":{"pattern":"^[a-z]+$"}}}""", """{"a":"A"}""",
        "arguments.a must fit the pattern ^[a-z]+$.")]
    [InlineData("""{"properties":{"a":{"items":{"type":"number"},"maxItems":3}}}""", """{"a":[1,"x"]}""",
        "arguments.a[1] must be of type number.")]
    [InlineData("""{"properties":{"a":{"maxItems":1}}}""", """{"a":[1,2]}""", "arguments.a must have at most 1 items.")]
    [InlineData("""{"additionalProperties":false}""", """{"a":1}""", "arguments has no 'a'.")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "arguments.a may not be there.")]
    [InlineData("""{"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}""", """{"a":1}""",
        "arguments.a fits none of its choices; of the first: arguments.a must be of type string.")]
    [InlineData("""{"not":{"required":["a"]}}""", """{"a":1}""", "arguments is what its schema rules out.")]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"properties":{"a":{"$ref":"#/$defs/n"}}}""", """{"a":"x"}""",
        "arguments.a must be of type number.")]
    [InlineData("{}", "[]", "arguments must be an object.")]
    public void Problem_OfWhatDoesNotFit_NamesItsPlace(string schema, string arguments, string problem) =>
        Assert.Equal(problem, ArgumentCheck.Problem(JsonElement.Parse(schema), JsonElement.Parse(arguments), out _));

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1.0}""")]
    [InlineData("""{"properties":{"a":{"maxLength":1}}}""", """{"a":"😀"}""")]
    [InlineData("""{"properties":{"a":{"format":"date"}}}""", """{"a":"never"}""")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.com/schema"}}}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/nowhere"}}}""", """{"a":1}""")]
    [InlineData("""{"$ref":"#"}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{"pattern":"(?=x)"}}}""", """{"a":"y"}""")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", """{"a":"y"}""")]
    [InlineData("""{"patternProperties":{"^x":{}},"additionalProperties":false}""", """{"xa":1}""")]
    [InlineData("""{"type":7,"required":7,"properties":7,"enum":7,"minimum":"x","anyOf":{}}""", """{"a":1}""")]
    [InlineData("true", """{"a":1}""")]
    public void Problem_OfWhatFitsOrIsTheServersToCheck_IsNone(string schema, string arguments) =>
        Assert.Null(ArgumentCheck.Problem(JsonElement.Parse(schema), JsonElement.Parse(arguments), out _));

    /// <summary>Each level asks twice for the next: a walk without an end to its steps would take for ever.</summary>
    [Fact]
    public void Problem_OfASchemaThatMultiplies_IsGivenUp()
    {
        string levels = string.Join(",", Enumerable.Range(0, 60).Select(level =>
            $"\"l{level}\":{{\"allOf\":[{{\"$ref\":\"#/$defs/l{level + 1}\"}},{{\"$ref\":\"#/$defs/l{level + 1}\"}}]}}"));

        Assert.Null(ArgumentCheck.Problem(
            JsonElement.Parse($"{{\"$defs\":{{{levels}}},\"$ref\":\"#/$defs/l0\"}}"), JsonElement.Parse("{}"), out _));
    }

    /// <summary>Models write null for what they do not give.</summary>
    [Theory]
    [InlineData("""{"a":null,"b":1}""", """{"b":1}""", null)]
    [InlineData("""{"a":null,"b":null}""", """{"b":null}""", "arguments.b must be of type number.")]
    [InlineData("""{"b":1,"c":null}""", """{"b":1,"c":null}""", null)]
    [InlineData("""{"b":1,"d":null}""", """{"b":1,"d":null}""", null)]
    [InlineData("""{"b":1,"e":null}""", """{"b":1,"e":null}""", null)]
    public void Given_IsWithoutNullsThatNeedNotBeThereAndMayNotBe(string arguments, string given, string? problem)
    {
        var schema = JsonElement.Parse("""
            {"type":"object","required":["b"],"properties":{"a":{"type":"boolean"},"b":{"type":"number"},
             "c":{"type":["string","null"]},"d":{"anyOf":[{"type":"string"},{"const":null}]}}}
            """);

        Assert.Equal(problem, ArgumentCheck.Problem(schema, JsonElement.Parse(arguments), out JsonElement its));
        Assert.Equal(given, its.GetRawText());
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"a":null}""")]
    public void Problem_OfTextThatIsNone_IsToldAndThrowsNothing(string arguments)
    {
        var schema = JsonElement.Parse("""{"properties":{"a":{"type":"string"}},"additionalProperties":false}""");

        Assert.Contains(
            "surrogate",
            ArgumentCheck.Problem(schema, JsonElement.Parse(arguments), out _),
            StringComparison.Ordinal);
    }
}
