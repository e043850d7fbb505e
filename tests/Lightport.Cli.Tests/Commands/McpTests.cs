using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class McpTests : GatewayTests
{
    /// <summary>A model reads what nobody sees, and a mark can turn a line around.</summary>
    [Fact]
    public async Task Approve_ShowsLettersThatNobodySees()
    {
        Gateway.On("GET /manage/mcp", Contract.McpServers.Replace(
            "Finds, and deletes what it found.",
            "Finds\\udb40\\udc41\\udb40\\udc42 \\u202etxet\\u200b.",
            StringComparison.Ordinal));
        Gateway.On("POST /manage/mcp/docs/approve", """{"label": "docs", "held_back": []}""");

        ToolResult result = (await Tool.RunAsync("mcp", "approve", "docs", "find", "--yes")).Ended(0);

        Assert.Contains("Finds<U+E0041><U+E0042> <U+202E>txet<U+200B>.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mcp_IsATableOfServers_AndWhatOfTheirToolsIsHeldBack()
    {
        Gateway.On("GET /manage/mcp", Contract.McpServers);

        ToolResult shown = (await Tool.RunAsync("mcp")).Ended(0);
        ToolResult raw = (await Tool.RunAsync("mcp", "--json")).Ended(0);

        Assert.Equal(
            """
            server  state      revision      tools  held back  left out  where
            docs    connected  2026-07-28        2          1         0  https://mcp.contoso.com/mcp
            files   failing                unknown          0         0  npx
            held back  server  changed      says now
            find       docs    description  Finds, and deletes what it found.
            files: The MCP server 'files' does not list its tools. It cannot be reached.

            """,
            shown.Output);
        Assert.Equal(Contract.McpServers + "\n", raw.Output);
    }

    [Fact]
    public async Task Approve_ShowsTheToolWhole_AndApprovesItAsShown()
    {
        Gateway.On("GET /manage/mcp", Contract.McpServers);
        Gateway.On("POST /manage/mcp/docs/approve", """{"label": "docs", "held_back": []}""");

        ToolResult result = (await Tool.RunAsync("mcp", "approve", "docs", "find", "--yes")).Ended(0);

        Assert.Contains(
            """
              title        -
              description
                - Finds.
                + Finds, and deletes what it found.
              effects      may change something
              parameters   {"type":"object"}

            """,
            result.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("Approved: find.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("""{"tools":{"find":"6d1c0a9e"}}""", Gateway.Calls[^1].Body);
    }

    [Fact]
    public async Task Approve_OfAToolWhosePastIsNotKept_SaysSo()
    {
        int at = Contract.McpServers.IndexOf("\"before\": {", StringComparison.Ordinal);
        string without = string.Concat(
            Contract.McpServers.AsSpan(0, at),
            "\"before\": null}],",
            Contract.McpServers.AsSpan(Contract.McpServers.IndexOf("\"left_out\"", at, StringComparison.Ordinal)));
        Gateway.On("GET /manage/mcp", without);
        Gateway.On("POST /manage/mcp/docs/approve", """{"label": "docs", "held_back": []}""");

        ToolResult result = (await Tool.RunAsync("mcp", "approve", "docs", "find", "--yes")).Ended(0);

        Assert.Contains("description  Finds, and deletes what it found.", result.Output, StringComparison.Ordinal);
        Assert.Contains("before       unknown", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'other' of 'docs' is not held back.", "docs", "other")]
    [InlineData("No tool of 'files' is held back.", "files")]
    [InlineData("The gateway has no MCP server 'nowhere'.", "nowhere")]
    public async Task Approve_OfWhatIsNotHeldBack_ApprovesNothing(string error, params string[] arguments)
    {
        Gateway.On("GET /manage/mcp", Contract.McpServers);

        ToolResult result = await Tool.RunAsync(["mcp", "approve", .. arguments, "--yes"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
        Assert.Single(Gateway.Calls);
    }
}
