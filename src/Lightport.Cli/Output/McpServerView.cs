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
        ShowPart("title", tool.Before?.Title, tool.Title, tool.Before, terminal);
        ShowPart("description", tool.Before?.Description, tool.Description, tool.Before, terminal);
        ShowPart(
            "effects",
            tool.Before is { } was ? Effects(was.ReadOnly, was.Idempotent) : null,
            Effects(tool.ReadOnly, tool.Idempotent),
            tool.Before,
            terminal);
        string parameters = JsonText.Cell(tool.Parameters);
        bool isSame = tool.Before is null || JsonText.Cell(tool.Before.Parameters) == parameters;
        ShowPart(
            "parameters",
            isSame ? parameters : JsonText.Pretty(tool.Before!.Parameters),
            isSame ? parameters : JsonText.Pretty(tool.Parameters),
            tool.Before,
            terminal);
        if (tool.Before is null)
        {
            terminal.Line("  before       unknown");
        }
    }

    /// <summary>What it is now; where it was something else before, both, line by line.</summary>
    private static void ShowPart(
        string name, string? was, string? now, McpToolFacts? before, Terminal terminal)
    {
        if (before is null || was == now)
        {
            terminal.Line($"  {name,-11}  {HiddenLetters.Show(now ?? "-")}");
            return;
        }

        terminal.Line($"  {name}");
        foreach ((char sign, string line) in LineDifference.Between(was ?? "-", now ?? "-"))
        {
            terminal.Line(
                $"    {sign} {HiddenLetters.Show(line)}",
                sign switch { '+' => Styles.Added, '-' => Styles.Removed, _ => Styles.Quiet });
        }
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
            string? says = tool.Description is { } text ? HiddenLetters.Show(text) : null;
            table.Add(Styles.Changed, tool.Name, server.Label, Shown.List(tool.Changed, "unknown"), says);
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

    private static string Effects(bool isReadOnly, bool isIdempotent) => (isReadOnly, isIdempotent) switch
    {
        (true, _) => "changes nothing, by its own word",
        (_, true) => "may change something, and the same again changes nothing more, by its own word",
        _ => "may change something",
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
