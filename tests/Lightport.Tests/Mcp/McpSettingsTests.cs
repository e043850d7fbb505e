using Lightport.Conversation;
using Lightport.Mcp;

namespace Lightport.Tests.Mcp;

/// <summary>Which server a client means by a label and an address: never one past what is configured.</summary>
public sealed class McpSettingsTests
{
    private static readonly McpSettings Settings = new(
        [
            Server("free", "https://mcp.contoso.com/mcp"),
            Server("asks", "https://mcp.contoso.com/mcp") with { Approval = McpApproval.Always },
            Server("docs", "https://docs.contoso.com/mcp"),
            Server("red", "https://t.contoso.com/mcp?tenant=red"),
            Server("blue", "https://t.contoso.com/mcp?tenant=blue"),
            new McpServer("files") { IsConfigured = true },
        ],
        ["*"]);

    [Theory]
    [InlineData("asks", "https://mcp.contoso.com/mcp", "asks")]
    [InlineData("free", "https://mcp.contoso.com/mcp", "free")]
    [InlineData("asks", null, "asks")]
    [InlineData("asks", "https://mcp.contoso.com/mcp/?x=1", "asks")]
    [InlineData("files", null, "files")]
    [InlineData("mine", "https://docs.contoso.com/mcp", "docs")]
    [InlineData("mine", "https://docs.contoso.com/mcp/", "docs")]
    [InlineData("mine", "https://docs.contoso.com//mcp", "docs")]
    [InlineData("mine", "https://docs.contoso.com/mcp?v=2", "docs")]
    [InlineData("mine", "https://docs.contoso.com/mcp#top", "docs")]
    [InlineData("mine", "https://docs.contoso.com:443/MCP", "docs")]
    [InlineData("mine", "https://DOCS.contoso.com./mc%70", "docs")]
    [InlineData("mine", "https://me@docs.contoso.com/mcp", "docs")]
    [InlineData("mine", "https://t.contoso.com/mcp?tenant=blue", "blue")]
    [InlineData("mine", "https://docs.contoso.com/other", "mine")]
    [InlineData("mine", "https://docs.contoso.com:8443/mcp", "mine")]
    public void Server_IsFound(string label, string? url, string expected)
    {
        McpServer server = Settings.Admit(new McpToolset(label, "tools[0].mcp") { Url = url }, _ => true)!;

        Assert.Equal((expected, expected != "mine"), (server.Label, server.IsConfigured));
    }

    [Theory]
    [InlineData("docs", "https://mcp.contoso.com/mcp", "mcp_server_mismatch")]
    [InlineData("docs", "https://elsewhere.example/mcp", "mcp_server_mismatch")]
    [InlineData("red", "https://t.contoso.com/mcp?tenant=blue", "mcp_server_mismatch")]
    [InlineData("files", "https://files.example/mcp", "mcp_server_mismatch")]
    [InlineData("mine", "https://mcp.contoso.com/mcp", "mcp_server_ambiguous")]
    [InlineData("mine", "https://mcp.contoso.com/mcp/?x=1", "mcp_server_ambiguous")]
    [InlineData("mine", "https://t.contoso.com/mcp", "mcp_server_ambiguous")]
    public void Server_ThatIsNotClear_IsRefused(string label, string url, string code)
    {
        GatewayError error = Assert.Throws<GatewayException>(
            () => Settings.Admit(new McpToolset(label, "tools[0].mcp") { Url = url }, _ => true)).Error;

        Assert.Equal((400, "tools[0].mcp", code), (error.Status, error.Param, error.Code));
    }

    [Fact]
    public void Servers_OfOneAddress_AreNamed()
    {
        GatewayError error = Assert.Throws<GatewayException>(() => AtOneAddress(_ => true)).Error;

        Assert.Contains("'free', 'asks'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What somebody may not use they are not told of; and of one alone there is nothing to ask.</summary>
    [Theory]
    [InlineData("asks", "asks")]
    [InlineData("free", "free")]
    [InlineData("docs", "free")]
    public void Servers_OfOneAddress_AreThoseThatTheClientMayUse(string usable, string expected) =>
        Assert.Equal(expected, AtOneAddress(server => server.Label == usable)!.Label);

    private static McpServer? AtOneAddress(Func<McpServer, bool> mayUse) => Settings.Admit(
        new McpToolset("mine", "tools[0].mcp") { Url = "https://mcp.contoso.com/mcp" }, mayUse);

    private static McpServer Server(string label, string url) => new(label) { Address = new(url), IsConfigured = true };
}
