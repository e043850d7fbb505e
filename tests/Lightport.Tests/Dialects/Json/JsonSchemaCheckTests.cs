using System.Globalization;
using System.Text.Json;
using Lightport.Dialects;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Json;

/// <summary>The words of JSON Schema by which an answer is checked, and the bounds of the work.</summary>
public sealed class JsonSchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"object","required":["a"]}""", """{"a":1}""", true)]
    [InlineData("""{"type":"object","required":["a"]}""", """{"b":1}""", false)]
    [InlineData("""{"type":"object"}""", "no JSON", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"enum":["a",{"b":1}]}""", """{"b":1.0}""", true)]
    [InlineData("""{"const":1}""", "2", false)]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""", false)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", false)]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"x":1,"y":"z"}""", false)]
    [InlineData("""{"patternProperties":{"^x":{"type":"number"}},"additionalProperties":false}""", """{"xa":1}""", true)]
    [InlineData("""{"items":{"type":"number"}}""", """[1,"a"]""", false)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a",1]""", true)]
    [InlineData("""{"minItems":2}""", "[1]", false)]
    [InlineData("""{"maxLength":2}""", "\"\U0001F600\U0001F600\"", true)]
    [InlineData("""{"pattern":"^a+$"}""", "\"aab\"", false)]
    [InlineData("""{"pattern":"(?=a)a"}""", "\"b\"", true)]
    [InlineData("""{"exclusiveMinimum":1}""", "1", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", false)]
    [InlineData("""{"oneOf":[{"type":"number"},{"type":"integer"}]}""", "1", false)]
    [InlineData("""{"allOf":[{"type":"number"},{"minimum":2}]}""", "1", false)]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", false)]
    [InlineData("""{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"string"}}}""", "1", false)]
    [InlineData("""{"type":"object","properties":{"n":{"$ref":"#"}},"additionalProperties":false}""", """{"n":{"n":{"x":1}}}""", false)]
    [InlineData("""{"unknownWord":{"type":"string"}}""", "1", true)]
    public void Holds_AWordOfTheSchema_IsKeptOrBroken(string schema, string text, bool kept) =>
        Assert.Equal(kept, JsonSchemaCheck.Holds(JsonElement.Parse(schema), text));

    [Fact]
    public void Holds_ASchemaThatGoesRoundForEver_Ends()
    {
        Assert.True(JsonSchemaCheck.Holds(JsonElement.Parse("""{"$ref":"#"}"""), "1"));

        // Each level has two ways down, and none of them ends well: 2^40 of them without a bound.
        string schema = string.Concat(Enumerable.Range(0, 40).Select(level => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "l{{level}}":{"anyOf":[{"$ref":"#/$defs/l{{level + 1}}"},{"$ref":"#/$defs/l{{level + 1}}"}]},
            """)));
        Assert.True(JsonSchemaCheck.Holds(
            JsonElement.Parse($$$$"""{"$ref":"#/$defs/l0","$defs":{ {{{{schema}}}} "l40":false } }"""), "1"));
    }

    [Fact]
    public void Holds_APatternMadeToBacktrack_IsLinear() => Assert.False(JsonSchemaCheck.Holds(
        JsonElement.Parse("""{"pattern":"^(a+)+$"}"""), $"\"{new string('a', 100_000)}!\""));

    [Theory]
    [InlineData("#/$defs/b", true)]
    [InlineData("#/definitions/x~1y", true)]
    [InlineData("#/properties/a/anyOf/1", true)]
    [InlineData("#", true)]
    [InlineData("#/$defs/none", false)]
    [InlineData("https://example.com/schema.json", false)]
    public void Find_AReference_IsFoundInsideTheDocumentAlone(string reference, bool found)
    {
        var references = new JsonSchemaReferences(JsonElement.Parse("""
            {"$defs":{"b":{}},"definitions":{"x/y":{}},"properties":{"a":{"anyOf":[{},{"type":"null"}]}}}
            """));

        Assert.Equal(found, references.Find(reference) is not null);
    }
}
