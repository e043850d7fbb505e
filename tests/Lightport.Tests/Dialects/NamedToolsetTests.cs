using System.Text;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Google.Interactions;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects;

/// <summary>Whether a request is about MCP servers is seen off its bytes.</summary>
public sealed class NamedToolsetTests
{
    [Theory]
    [InlineData("""{"input":"q","tools":[{"type":"function","name":"mcp"}]}""", false)]
    [InlineData("""{"input":"q","tools":[{"type":"function","name":"f"},{"server_label":"mcp","type":"mcp"}]}""", true)]
    [InlineData("""{"input":"q","tools":[{"type":"\u006dcp"}]}""", true)]
    [InlineData("""{"input":"q","tools":"mcp"}""", false)]
    [InlineData("""{"input":[{"type":"mcp_call","id":"mcp_1"}]}""", false)]
    [InlineData("""{"input":[{"type":"mcp_call","id":"mcp_lpm_1"}]}""", true)]
    [InlineData("""{"input":[{"type":"mcp_call","id":"mcp_l\u0070m_1"}]}""", true)]
    [InlineData("""{"input":"caf\u00e9 \u003c"}""", false)]
    public void Response_IsSeen(string body, bool names) =>
        Assert.Equal(names, OpenAIResponsesToolsets.AreNamedIn(Read(body)));

    [Theory]
    [InlineData("""{"messages":[],"mcp_servers":[]}""", false)]
    [InlineData("""{"messages":[],"mcp_servers":[{}]}""", true)]
    [InlineData("""{"messages":[],"tools":[{"type":"mcp_toolset"}]}""", true)]
    [InlineData("""{"messages":[],"tools":[{"type":"custom","name":"mcp_toolset"}]}""", false)]
    [InlineData("""{"messages":[{"content":[{"type":"mcp_tool_use","id":"mcptoolu_1"}]}]}""", false)]
    [InlineData("""{"messages":[{"content":[{"type":"mcp_tool_use","id":"mcptoolu_lpm_1"}]}]}""", true)]
    public void Message_IsSeen(string body, bool names) =>
        Assert.Equal(names, AnthropicMessagesToolsets.AreNamedIn(Read(body)));

    [Theory]
    [InlineData("""{"input":"q","tools":[{"type":"function","name":"mcp_server"}]}""", false)]
    [InlineData("""{"input":"q","tools":[{"type":"mcp_server","name":"docs"}]}""", true)]
    [InlineData("""{"input":[{"type":"mcp_server_tool_call","id":"m1"}]}""", false)]
    [InlineData("""{"input":[{"type":"mcp_server_tool_call","id":"mcp_call_lpm_1"}]}""", true)]
    public void Interaction_IsSeen(string body, bool names) =>
        Assert.Equal(names, GoogleInteractionsToolsets.AreNamedIn(Read(body)));

    private static JsonEnvelope Read(string body) => JsonEnvelope.Read(Encoding.UTF8.GetBytes(body));
}
