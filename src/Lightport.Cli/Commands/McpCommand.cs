using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>The MCP servers behind a gateway: how they are, and which of their tools wait for approval.</summary>
internal static class McpCommand
{
    private const string Door = "/manage/mcp";

    public static Command Create(CommandRunner runner) => runner.Run(
        new Command("mcp", "Lists the MCP servers, their state and the tools that are held back.")
        {
            McpApproveCommand.Create(runner),
        },
        ListAsync);

    /// <summary>All servers, as the gateway knows them.</summary>
    public static async Task<(GatewayReply Reply, IReadOnlyList<McpServerEntry> Servers)> ReadAsync(
        Session session, CancellationToken cancellationToken)
    {
        GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Get(Door), cancellationToken);
        return (reply, reply.Read(CliJsonContext.Default.McpServerList).Servers ?? []);
    }

    /// <summary>The door at which a server's tools are approved.</summary>
    public static string ApproveDoor(string server) => $"{Door}/{Uri.EscapeDataString(server)}/approve";

    private static async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        (GatewayReply reply, IReadOnlyList<McpServerEntry> servers) = await ReadAsync(session, cancellationToken);
        if (servers.Count == 0 && !session.Terminal.Json)
        {
            session.Terminal.Note("The configuration has no MCP servers; mcp.servers names them.");
            return ExitCodes.Done;
        }

        return session.Show(
            reply, CliJsonContext.Default.McpServerList, _ => McpServerView.Show(servers, session.Terminal));
    }
}
