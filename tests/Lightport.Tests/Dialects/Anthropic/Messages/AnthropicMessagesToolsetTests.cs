using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>MCP servers and their toolsets as clients of Messages ask for them, now and in the first version.</summary>
public sealed class AnthropicMessagesToolsetTests
{
    private const string Docs =
        """{"type":"url","name":"docs","url":"https://docs.example/mcp","authorization_token":"t0ken"}""";

    [Fact]
    public void Toolset_OfADeclaredServer_IsReadWithIt()
    {
        McpToolset toolset = Assert.Single(Read(Docs, """
            {"type":"mcp_toolset","mcp_server_name":"docs","default_config":{"defer_loading":true},
             "configs":{"drop":{"enabled":false},"find":{"defer_loading":false}}}
            """));

        Assert.Equal(("docs", "tools[0].mcp_toolset"), (toolset.Server, toolset.Field));
        Assert.Equal(("https://docs.example/mcp", "t0ken"), (toolset.Url, toolset.Authorization));
        Assert.Equal((true, false), (toolset.Wants("find", isReadOnly: false), toolset.Wants("drop", isReadOnly: true)));
        Assert.Equal((false, true), (toolset.Defers("find"), toolset.Defers("other")));
    }

    [Fact]
    public void Toolset_WithNothingEnabledByDefault_HasWhatIsEnabled()
    {
        McpToolset toolset = Assert.Single(Read(Docs, """
            {"type":"mcp_toolset","mcp_server_name":"docs","default_config":{"enabled":false},
             "configs":{"find":{"enabled":true},"drop":{}}}
            """));

        Assert.Equal(["find"], toolset.AllowedTools);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData(",\"tool_configuration\":{\"allowed_tools\":[\"find\"]}", true, false)]
    [InlineData(",\"tool_configuration\":{\"enabled\":false}", false, false)]
    public void Server_OfTheFirstVersion_SaysItself(string configuration, bool find, bool drop)
    {
        McpToolset toolset = Assert.Single(
            Read($$"""{"type":"url","name":"docs","url":"https://docs.example/mcp"{{configuration}}}""", tools: ""));

        Assert.Equal("mcp_servers", toolset.Field);
        Assert.Equal(
            (find, drop), (toolset.Wants("find", isReadOnly: false), toolset.Wants("drop", isReadOnly: false)));
    }

    [Fact]
    public void Toolset_OfNoDeclaredServer_NamesOneOfTheGateways()
    {
        McpToolset toolset = Assert.Single(Read("", """{"type":"mcp_toolset","mcp_server_name":"crm"}"""));

        Assert.Equal(("crm", null, "tools[0].mcp_toolset"), (toolset.Server, toolset.Url, toolset.Field));
    }

    [Fact]
    public void PinnedTools_AreForTheProviderAlone() => Assert.Equal(
        ["tools[0].tools"],
        Assert.Single(Read(Docs, """{"type":"mcp_toolset","mcp_server_name":"docs","tools":[]}""")).NativeOnly);

    [Theory]
    [InlineData("""{"type":"url","url":"https://x.example"}""", "", "mcp_servers[0].name")]
    [InlineData("""{"type":"url","name":"a","url":"a"}""", "", "mcp_servers[0].url")]
    [InlineData("""{"name":"a"},{"name":"a"}""", "", "mcp_servers[1].name")]
    [InlineData("""{"name":"a","authorization_token":"a\u0000"}""", "", "mcp_servers[0].authorization_token")]
    [InlineData(Docs, """{"type":"mcp_toolset","mcp_server_name":"crm"}""", "mcp_servers[0].name")]
    [InlineData("", """{"type":"mcp_toolset"}""", "tools[0].mcp_server_name")]
    [InlineData("", """{"type":"mcp_toolset","mcp_server_name":"a"},{"type":"mcp_toolset","mcp_server_name":"a"}""", "tools[1].mcp_server_name")]
    [InlineData("", """{"type":"mcp_toolset","mcp_server_name":"a","configs":{"f":{"enabled":"yes"}}}""", "tools[0].configs.f.enabled")]
    public void Fault_IsRefusedByItsPlace(string servers, string tools, string param)
    {
        GatewayError error = Wire.RefusedRequest(Asked(servers, tools));

        Assert.Equal((400, param), (error.Status, error.Param));
    }

    [Fact]
    public void Toolset_ToItsOwnDialect_IsSaidAsItCame()
    {
        const string tools = """
            {"name":"f","input_schema":{"type":"object"}},{"type":"mcp_toolset","mcp_server_name":"docs","tools":null}
            """;
        JsonObject body = Wire.Encode(Wire.DecodeRequest(Asked(Docs, tools)), null, out EncodingContext context);

        Wire.Same($"[{tools}]", body["tools"]);
        Wire.Same($"[{Docs}]", body["mcp_servers"]);
        Assert.Empty(context.Losses.Dropped);
    }

    [Fact]
    public void Choice_OfAnyTool_WhereThereAreToolsetsAlone_IsTaken() => Assert.Equal(
        ToolChoice.Any,
        Wire.DecodeRequest(
            """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],"tool_choice":{"type":"any"},"""
            + $"\"mcp_servers\":[{Docs}]}}").ToolChoice);

    private static IReadOnlyList<McpToolset> Read(string servers, string tools) =>
        Wire.DecodeRequest(Asked(servers, tools)).McpToolsets;

    private static string Asked(string servers, string tools) => $$"""
        {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],
         "mcp_servers":[{{servers}}],"tools":[{{tools}}]}
        """;
}
