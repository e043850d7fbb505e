using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>A schema for the answer binds the model as much after the translation as before.</summary>
public sealed class StructuredAnswerTests
{
    [Fact]
    public void MessagesSchema_ToChat_IsEnforced()
    {
        var losses = new LossLedger(null, "t");

        string body = Encode("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""", losses);

        Assert.Contains(
            """
            "response_format":{"type":"json_schema","json_schema":{"name":"response","schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false},"strict":true}}
            """,
            body,
            StringComparison.Ordinal);
        Assert.Empty(losses.Dropped);
    }

    [Theory]
    [InlineData("optional property", """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""")]
    [InlineData("open object", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""")]
    [InlineData("open object inside", """{"type":"object","properties":{"a":{"type":"array","items":{"type":"object"}}},"required":["a"],"additionalProperties":false}""")]
    [InlineData("no object", """{"type":"array","items":{"type":"string"}}""")]
    public void MessagesSchema_ThatChatWouldRefuseToEnforce_IsSentWithoutAndNoted(string trap, string schema)
    {
        var losses = new LossLedger(null, "t");

        Assert.DoesNotContain("strict", Encode(schema, losses), StringComparison.Ordinal);
        Assert.Equal(["output_config.format"], losses.Dropped);
        Assert.NotEmpty(trap);
    }

    [Theory]
    [InlineData(false, "What it is for.", "")]
    [InlineData(true, null, "response_format.json_schema.description")]
    public void ChatSchemaDescription_ToMessages_IsTheStandInToolsOrNamed(bool takesSchema, string? told, string dropped)
    {
        JsonObject body = Wire.Encode(
            ChatWire.DecodeRequest("""
                {"model":"m","messages":[{"role":"user","content":"q"}],"response_format":{"type":"json_schema",
                  "json_schema":{"name":"n","description":"What it is for.","schema":{"type":"object","properties":{"a":{"type":"string"}}}}}}
                """),
            new TargetTraits { StructuredOutput = takesSchema },
            out EncodingContext context);

        Assert.Equal(told, (string?)body["tools"]?[0]?["description"]);
        Assert.Equal(dropped, string.Join(",", context.Losses.Dropped));
    }

    private static string Encode(string schema, LossLedger losses) => ChatWire.EncodeRequest(
        Wire.DecodeRequest(
            $$$"""
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],
             "output_config":{"format":{"type":"json_schema","schema":{{{schema}}} } } }
            """),
        losses: losses);
}
