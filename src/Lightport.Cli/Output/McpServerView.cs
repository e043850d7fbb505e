using System.Globalization;
using Lightport.Cli.Gateway;
using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>Shows MCP servers, and what of their tools waits for approval.</summary>
internal static class McpServerView
{
    public static void Show(IReadOnlyList<McpServerEntry> servers, Terminal terminal)
    {
        var table = new Table("server", "state", "revision", "#tools", "#held back", "#left out", "where");
        foreach (McpServerEntry server in servers)
        {
            table.Add(
                Look(server),
                server.Label,
                State(server),
                server.Revision,
                server.Tools is { } tools ? Number(tools.Count) : "unknown",
                Number(server.HeldBack?.Count ?? 0),
                Number(server.LeftOut?.Count ?? 0),
                server.Address ?? server.Program);
        }

        terminal.Table(table);
        foreach (McpServerEntry server in servers)
        {
            ShowHeldBack(server, terminal);
            foreach (string tool in server.LeftOut ?? [])
            {
                terminal.Line($"{server.Label}: left out {tool}");
            }

            if (server.Problem is { } problem)
            {
                terminal.Line($"{server.Label}: {problem}", Styles.Removed);
            }
        }
    }

    /// <summary>All that whoever approves a tool approves.</summary>
    public static void ShowWhole(string server, McpHeldTool tool, Terminal terminal)
    {
        terminal.Line($"{server}: {tool.Name}", Styles.Strong);
        terminal.Line($"  changed      {Shown.List(tool.Changed, "unknown")}");
        terminal.Line($"  title        {tool.Title ?? "-"}");
        terminal.Line($"  description  {tool.Description ?? "-"}");
        terminal.Line($"  effects      {Effects(tool)}");
        terminal.Line($"  parameters   {JsonText.Cell(tool.Parameters)}");
    }

    private static void ShowHeldBack(McpServerEntry server, Terminal terminal)
    {
        if (server.HeldBack is not { Count: > 0 } heldBack)
        {
            return;
        }

        var table = new Table("held back", "server", "changed", "says now");
        foreach (McpHeldTool tool in heldBack)
        {
            table.Add(Styles.Changed, tool.Name, server.Label, Shown.List(tool.Changed, "unknown"), tool.Description);
        }

        terminal.Table(table);
    }

    private static string State(McpServerEntry server) => server switch
    {
        { Problem: not null } => "failing",
        { Connected: true } => "connected",
        { Tools: not null } => "known",
        _ => "not asked yet",
    };

    private static Style? Look(McpServerEntry server) =>
        server.Problem is not null ? Styles.Removed : server.HeldBack is { Count: > 0 } ? Styles.Changed : null;

    private static string Effects(McpHeldTool tool) => tool switch
    {
        { ReadOnly: true } => "changes nothing, by its own word",
        { Idempotent: true } => "may change something, and the same again changes nothing more, by its own word",
        _ => "may change something",
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
