using System.Text.Json;
using Lightport.Mcp;
using Lightport.Mcp.Connections;

namespace Lightport.Tests.Mcp;

/// <summary>Servers that are programs of this machine, as a shell's few lines.</summary>
public sealed class ProgramTests
{
    /// <summary>
    /// Greets as an older server, lists one tool, and says in each call's answer its process and one variable; a call
    /// with "die" in it ends it.
    /// </summary>
    private const string Script = """
        while read -r line; do
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\("\{0,1\}[0-9]*"\{0,1\}\).*/\1/p')
          case "$line" in
            *'"server/discover"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}\n' "$id" ;;
            *'"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}\n' "$id" ;;
            *'"tools/list"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"who","inputSchema":{"type":"object"}}]}}\n' "$id" ;;
            *die*) exit 3 ;;
            *much*) head -c 9000000 /dev/zero | tr '\0' 'x'; echo ;;
            *'"tools/call"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"%s %s %s"}]}}\n' "$id" "$$" "$SAID" "${LIGHTPORT_CANARY:-none}" ;;
          esac
        done
        """;

    private static readonly McpTool Who = new("who", JsonElement.Parse("{}"));

    private static readonly McpServer Shell = new("shell")
    {
        Program = new McpProgram("sh", ["-c", Script])
        {
            Environment = new Dictionary<string, string> { ["SAID"] = "plain" },
        },
        IsConfigured = true,
        CallTimeout = TimeSpan.FromSeconds(30),
    };

    [Fact]
    public async Task Calls_OfAProgram_AreOneProcessThatKnowsNoneOfTheGatewaysSecrets()
    {
        Environment.SetEnvironmentVariable("LIGHTPORT_CANARY", "a key");
        await using var world = new McpWorld();

        Assert.Equal(["who"], (await world.Servers.ListAsync(Shell, McpWorld.Anna, default)).Select(tool => tool.Name));
        string[] said = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CallAsync(world, "{}")));

        string only = Assert.Single(said.Distinct());
        Assert.EndsWith(" plain none", only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatDies_IsStartedAnewForTheNextCall()
    {
        await using var world = new McpWorld();
        string before = await CallAsync(world, "{}");

        string died = await CallAsync(world, """{"now":"die"}""");
        string after = await CallAsync(world, "{}");

        Assert.Contains("broke off", died, StringComparison.Ordinal);
        Assert.EndsWith(" plain none", after, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task Program_WithALineWithoutEnd_IsTakenNoMoreOf()
    {
        await using var world = new McpWorld();

        string said = await CallAsync(world, """{"say":"much"}""");

        Assert.Contains("It answered more than 8 MiB.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_AfterTheGatewayHasEnded_HasEnded()
    {
        int process;
        await using (var world = new McpWorld())
        {
            await CallAsync(world, "{}");
            process = world.Connections.Current(Shell)!.Process!.Value;
        }

        Assert.DoesNotContain(System.Diagnostics.Process.GetProcesses(), running => running.Id == process);
    }

    [Fact]
    public async Task Program_ThatThereIsNot_IsAnOutcomeThatSaysSo()
    {
        await using var world = new McpWorld();

        McpOutcome outcome = await world.Servers.CallAsync(
            Shell with { Program = new McpProgram("no-such-program-anywhere", []) },
            Who,
            JsonElement.Parse("{}"),
            McpWorld.Anna,
            null,
            default);

        Assert.Contains("'no-such-program-anywhere'", McpWorld.Text(outcome), StringComparison.Ordinal);
        Assert.Contains("cannot be started", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WithASecret_GetsItsValue()
    {
        await using var world = new McpWorld();
        McpServer server = Shell with
        {
            Program = Shell.Program! with { Secrets = new Dictionary<string, string> { ["SAID"] = "FILES_TOKEN" } },
        };

        McpOutcome outcome =
            await world.Servers.CallAsync(server, Who, JsonElement.Parse("{}"), McpWorld.Anna, null, default);

        Assert.Contains("value-of-FILES_TOKEN", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    private static async Task<string> CallAsync(McpWorld world, string arguments) => McpWorld.Text(
        await world.Servers.CallAsync(Shell, Who, JsonElement.Parse(arguments), McpWorld.Anna, null, default));
}
