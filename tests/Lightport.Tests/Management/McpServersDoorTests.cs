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

    /// <summary>What is approved is what was looked at: a mark of something else approves nothing.</summary>
    [Fact]
    public async Task ChangedTool_IsToldWhole_AndUsedAgainOnceItIsApprovedAsItIs()
    {
        const string first = """{"name":"find","description":"Finds.","inputSchema":{"type":"object"}}""";
        string tools = first;
        await using var server = new RawServer(call => call.Rpc == "server/discover"
            ? call.ResultAsync("""{"supportedVersions":["2026-07-28"],"capabilities":{}}""")
            : call.ResultAsync($$"""{"tools":[{{tools}}],"ttlMs":0,"cacheScope":"public"}"""));
        using ManagedGateway gateway = new(document: $$"""mcp: { servers: { docs: { url: "{{server.Address}}" } } }""");
        IMcpServers servers = gateway.Service<IMcpServers>();
        McpServer docs = gateway.Service<IMcpDirectory>().Find("docs")!;
        await servers.ListAsync(docs, McpWorld.Anna, CancellationToken.None);
        tools = """{"name":"find","description":"Finds more.","inputSchema":{"type":"object"}}""";
        Assert.Empty(await servers.ListAsync(docs, McpWorld.Anna, CancellationToken.None));

        JsonNode held = Assert.Single((await ReadAsync(gateway))[0]!["held_back"]!.AsArray())!;
        string mark = (string)held["mark"]!;
        ClientCall other = await ApproveAsync(gateway, mark[1..] + "0");
        ClientCall approved = await ApproveAsync(gateway, mark);

        Assert.Equal(("find", """["description"]""", "Finds more."),
            ((string?)held["name"], held["changed"]!.ToJsonString(), (string?)held["description"]));
        Assert.Equal(
            """{"title":null,"description":"Finds.","read_only":false,"idempotent":false,"parameters":{"type":"object"}}""",
            held["before"]!.ToJsonString());
        Assert.Equal((409, "conflict"), (other.Status, other.Error("code")));
        Assert.True(approved.Status == 200, approved.Text);
        Assert.Empty(approved.Json["held_back"]!.AsArray());
        Assert.Equal("Finds more.", Assert.Single(
            await servers.ListAsync(docs, McpWorld.Anna, CancellationToken.None)).Description);
        tools = first;
        Assert.Empty(await servers.ListAsync(docs, McpWorld.Anna, CancellationToken.None));
    }

    [Theory]
    [InlineData("nowhere", """{"tools":{"find":"x"}}""", 404, "mcp_server_not_found")]
    [InlineData("docs", "{}", 400, "invalid_field")]
    [InlineData("docs", """{"tools":["find"]}""", 400, "invalid_field")]
    [InlineData("docs", """{"tools":{"find":"x"}}""", 409, "conflict")]
    public async Task Approval_OfWhatIsNotThere_ApprovesNothing(string label, string body, int status, string code)
    {
        using ManagedGateway gateway = new(document: "mcp: { servers: { docs: { command: npx } } }");

        ClientCall call = await gateway.SendAsync(ManagementEndpoints.McpApprove, body, id: label);

        Assert.Equal((status, code), (call.Status, call.Error("code")));
    }

    private static Task<ClientCall> ApproveAsync(ManagedGateway gateway, string mark) => gateway.SendAsync(
        ManagementEndpoints.McpApprove, new JsonObject { ["tools"] = new JsonObject { ["find"] = mark } }.ToJsonString(), id: "docs");

    private static async Task<JsonNode> ReadAsync(ManagedGateway gateway)
    {
        ClientCall call = await gateway.SendAsync(ManagementEndpoints.McpServers, "");
        Assert.True(call.Status == 200, call.Text);
        return call.Json["servers"]!;
    }
}
