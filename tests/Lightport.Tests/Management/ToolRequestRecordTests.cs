using System.Text.Json.Nodes;
using Lightport.Audit;
using Lightport.Management;
using Lightport.Mcp;
using Lightport.Tests.Exchanges;
using Lightport.Tests.McpDoor;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Management;

/// <summary>Whoever runs the gateway sees a tool's call at the MCP door wherever requests are seen.</summary>
public sealed class ToolRequestRecordTests : IDisposable
{
    private readonly DirectoryInfo _audit = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManagedGateway _gateway;

    public ToolRequestRecordTests() => _gateway = new ManagedGateway(
        document: $$"""
            providers: { openai: {} }
            models: { fast: openai/gpt-4o }
            mcp: { servers: { docs: { url: "https://docs.example/mcp", price: 0.25 } } }
            audit: { to: file, folder: "{{_audit.FullName}}" }
            """,
        configure: services => services.AddSingleton<IMcpServers>(
            new ScriptedServers().Has("docs", ScriptedServers.Tool("search"))));

    [Fact]
    public async Task Call_IsInUsage_InAReceipt_AndInTheAuditWithWhoMadeIt()
    {
        AuditStream audit = _gateway.Service<AuditStream>();
        await audit.StartAsync(CancellationToken.None);
        JsonObject key = await _gateway.CreateKeyAsync("""{"name":"team-a"}""");
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            McpCall.Body("tools/call", new JsonObject { ["name"] = "docs__search", ["arguments"] = new JsonObject() }),
            key: (string)key["key"]!,
            headers:
            [
                ("Content-Type", "application/json"),
                .. McpCall.Headers("tools/call", "docs__search").Select(header => (header.Key, header.Value)),
            ]);
        string id = call.Header("x-request-id")!;

        JsonNode row = Assert.Single(
            (await _gateway.SendAsync(ManagementEndpoints.Usage, query: "?by=key,model")).Json["rows"]!.AsArray())!;
        JsonObject receipt = (await _gateway.SendAsync(ManagementEndpoints.RequestReceipt, id: id)).Json;
        await audit.StoppedAsync(CancellationToken.None);

        Assert.Equal(
            ("team-a", "docs__search", 1, 0.25m, 0.25m, 0m),
            (
                (string?)row["key"],
                (string?)row["model"],
                (int)row["requests"]!,
                (decimal)row["cost_usd"]!,
                (decimal)row["tool_cost_usd"]!,
                (decimal)row["input_cost_usd"]! + (decimal)row["output_cost_usd"]!));
        Assert.Equal(
            ("team-a", "docs__search", null, 1, 0.25m),
            (
                (string?)receipt["key"]!["name"],
                (string?)receipt["tool"],
                (string?)receipt["model"],
                (int)receipt["tool_runs"]!,
                (decimal)receipt["cost_usd"]!));
        JsonNode[] records =
        [
            .. File.ReadLines(FileAuditSink.Files(_audit.FullName).Single())
                .Select(line => JsonNode.Parse(line)!)
                .Where(record => (string?)record["id"] == id),
        ];
        Assert.Equal(["tool", "request"], records.Select(record => (string?)record["kind"]));
        Assert.Equal(
            ("team-a", (string?)key["id"], "Mcp", "docs__search", "allowed", 0.25m),
            (
                (string?)records[1]["who"],
                (string?)records[1]["key_id"],
                (string?)records[1]["door"],
                (string?)records[1]["tool"],
                (string?)records[1]["decision"],
                (decimal)records[1]["cost_usd"]!));
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _audit.Delete(recursive: true);
    }
}
