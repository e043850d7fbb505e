using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>Tools of MCP servers as clients of Responses ask for them.</summary>
public sealed class OpenAIResponsesToolsetTests
{
    private const string Docs = """{"type":"mcp","server_label":"docs","server_url":"https://docs.example/mcp"}""";

    [Fact]
    public void Tool_WithAllThatItMaySay_IsRead()
    {
        McpToolset toolset = Toolset("""
            {"type":"mcp","server_label":"docs","server_url":"https://docs.example/mcp","server_description":"Docs.",
             "headers":{"X-Team":"blue"},"authorization":"t0ken","allowed_tools":{"tool_names":["find"],"read_only":true},
             "require_approval":{"always":{"tool_names":["drop"]},"never":{"read_only":true}},"defer_loading":true}
            """);

        Assert.Equal(("docs", "tools[0].mcp", "https://docs.example/mcp"), (toolset.Server, toolset.Field, toolset.Url));
        Assert.Equal([new("X-Team", "blue")], toolset.Headers);
        Assert.Equal("t0ken", toolset.Authorization);
        Assert.True(toolset.Wants("find", isReadOnly: true));
        Assert.False(toolset.Wants("find", isReadOnly: false));
        Assert.False(toolset.Wants("drop", isReadOnly: true));
        Assert.True(toolset.Defers("find"));
        Assert.Empty(toolset.NativeOnly);
        Assert.Equal("docs at tools[0].mcp", toolset.ToString());
    }

    [Theory]
    [InlineData("""{}""", true, true, true)]
    [InlineData(""" "always" """, true, true, true)]
    [InlineData(""" "never" """, false, false, false)]
    [InlineData("""{"never":{"tool_names":["find"]}}""", false, true, true)]
    [InlineData("""{"always":{"tool_names":["drop"]}}""", false, true, false)]
    [InlineData("""{"never":{"read_only":true}}""", false, true, true)]
    [InlineData("""{"always":{"read_only":false}}""", false, true, true)]
    [InlineData("""{"always":{"tool_names":["drop"]},"never":{"tool_names":["find","drop"]}}""", false, true, true)]
    public void Approval_IsAskedForAsTheClientSays(string said, bool find, bool drop, bool put)
    {
        string approval = said == "{}" ? "" : $",\"require_approval\":{said}";
        McpApproval read = Toolset($$"""{"type":"mcp","server_label":"docs"{{approval}}}""").Approval!;

        Assert.Equal((find, drop, put), (
            read.IsNeededFor("find", isReadOnly: true), read.IsNeededFor("drop"), read.IsNeededFor("put")));
    }

    [Theory]
    [InlineData("\"connector_id\":\"connector_gmail\"", "tools[0].connector_id")]
    [InlineData("\"tunnel_id\":\"tunnel_1\"", "tools[0].tunnel_id")]
    [InlineData("\"allowed_callers\":[\"direct\",\"programmatic\"]", "tools[0].allowed_callers")]
    public void Field_ThatOnlyOpenAICanHonour_IsNamed(string field, string path) =>
        Assert.Equal([path], Toolset($$"""{"type":"mcp","server_label":"docs",{{field}}}""").NativeOnly);

    [Theory]
    [InlineData("""{"type":"mcp"}""", "tools[0].server_label")]
    [InlineData("""{"type":"mcp","server_label":""}""", "tools[0].server_label")]
    [InlineData("""{"type":"mcp","server_label":"a"},{"type":"mcp","server_label":"a"}""", "tools[1].server_label")]
    [InlineData("""{"type":"mcp","server_label":"a","server_url":"file:///etc/passwd"}""", "tools[0].server_url")]
    [InlineData("""{"type":"mcp","server_label":"a","server_url":"mcp"}""", "tools[0].server_url")]
    [InlineData("""{"type":"mcp","server_label":"a","headers":{"a b":"c"}}""", "tools[0].headers")]
    [InlineData("""{"type":"mcp","server_label":"a","headers":{"a":"b\r\nc: d"}}""", "tools[0].headers")]
    [InlineData("""{"type":"mcp","server_label":"a","headers":{"a":7}}""", "tools[0].headers.a")]
    [InlineData("""{"type":"mcp","server_label":"a","authorization":"a\nb"}""", "tools[0].authorization")]
    [InlineData("""{"type":"mcp","server_label":"a","allowed_tools":"all"}""", "tools[0].allowed_tools")]
    [InlineData("""{"type":"mcp","server_label":"a","allowed_tools":[7]}""", "tools[0].allowed_tools[0]")]
    [InlineData("""{"type":"mcp","server_label":"a","require_approval":"maybe"}""", "tools[0].require_approval")]
    [InlineData("""{"type":"mcp","server_label":"a","require_approval":{"never":7}}""", "tools[0].require_approval.never")]
    public void Tool_WithAFault_IsRefusedByItsPlace(string tools, string param)
    {
        GatewayError error = ResponsesWire.RefusedRequest(Asked(tools));

        Assert.Equal((400, param), (error.Status, error.Param));
    }

    [Fact]
    public void Secrets_OfAToolWithAFault_AreInNoComplaint()
    {
        GatewayError error = ResponsesWire.RefusedRequest(Asked(
            """{"type":"mcp","server_label":"a","headers":{"k":"s3cret\u0007"},"authorization":"s3cret\u0007"}"""));

        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_BeyondTheMost_AreRefused()
    {
        string headers = string.Join(',', Enumerable.Range(0, 33).Select(i => $"\"h{i}\":\"v\""));

        Assert.Equal("tools[0].headers", ResponsesWire.RefusedRequest(
            Asked($$$"""{"type":"mcp","server_label":"a","headers":{{{{headers}}}}}""")).Param);
    }

    [Fact]
    public void Toolset_ToAProviderOfAnotherDialect_IsRefusedByItsPlace()
    {
        GatewayError error = Assert.Throws<GatewayException>(
            () => ChatWire.EncodeRequest(ResponsesWire.DecodeRequest(Asked($"{{\"type\":\"function\",\"name\":\"f\"}},{Docs}")))).Error;

        Assert.Equal(("tools[1].mcp", "unsupported_parameter", 400), (error.Param, error.Code, error.Status));
    }

    [Theory]
    [InlineData(""" "required" """)]
    [InlineData("""{"type":"mcp","server_label":"docs","name":"find"}""")]
    [InlineData("""{"type":"mcp","server_label":"docs"}""")]
    [InlineData("""{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"f"},{"type":"mcp","server_label":"docs"}]}""")]
    public void Toolset_ToItsOwnDialect_IsSaidAsItCame(string choice)
    {
        string tools = $$"""{"type":"function","name":"f","parameters":null,"strict":null},{{Docs}}""";

        JsonNode body = JsonNode.Parse(ResponsesProvider.Encode(ResponsesWire.DecodeRequest(
            $$"""{"model":"m","tool_choice":{{choice}},"tools":[{{tools}}],"input":"q"}""")))!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Docs), body["tools"]![1]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(choice), body["tool_choice"]), body["tool_choice"]!.ToJsonString());
    }

    [Fact]
    public void Choice_OfAServerThatIsNotOffered_IsUnmet() => Assert.Equal("tool_choice", ResponsesWire.DecodeRequest(
        $$$"""{"model":"m","input":"q","tools":[{{{Docs}}}],"tool_choice":{"type":"mcp","server_label":"other"}}""")
        .ToolChoice!.Unmet!.Param);

    private static McpToolset Toolset(string tool) =>
        Assert.Single(ResponsesWire.DecodeRequest(Asked(tool)).McpToolsets);

    private static string Asked(string tools) => $$"""{"model":"m","input":"q","tools":[{{tools}}]}""";
}
