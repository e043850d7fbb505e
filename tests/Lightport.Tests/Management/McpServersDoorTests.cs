using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Mcp;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Mcp;

namespace Lightport.Tests.Management;

/// <summary>What is known of MCP servers, without asking them.</summary>
public sealed class McpServersDoorTests
{
    [Fact]
    public async Task Servers_AreToldAsTheyAreKnown()
    {
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        using ManagedGateway gateway = new(document: $$"""
            mcp:
              servers:
                docs: { url: "{{server.Address}}?key=canary", tools: [echo] }
                files: { command: npx }
            """);

        JsonArray before = (await ReadAsync(gateway)).AsArray();

        Assert.Empty(server.Calls);
        Assert.Equal(["docs", "files"], before.Select(told => (string?)told!["label"]));
        Assert.Equal(server.Address.ToString(), (string?)before[0]!["address"]);
        Assert.Null(before[0]!["tools"]);
        Assert.Equal("npx", (string?)before[1]!["program"]);

        IMcpServers servers = gateway.Service<IMcpServers>();
        McpServer docs = gateway.Service<IMcpDirectory>().Find("docs")!;
        await servers.ListAsync(docs, McpWorld.Anna, CancellationToken.None);
        JsonNode after = (await ReadAsync(gateway))[0]!;

        Assert.Equal("2026-07-28", (string?)after["revision"]);
        Assert.True((bool)after["connected"]!);
        Assert.Equal("""["echo"]""", after["tools"]!.ToJsonString());
        Assert.Null(after["problem"]);
    }

    private static async Task<JsonNode> ReadAsync(ManagedGateway gateway)
    {
        ClientCall call = await gateway.SendAsync(ManagementEndpoints.McpServers, "");
        Assert.True(call.Status == 200, call.Text);
        return call.Json["servers"]!;
    }
}
