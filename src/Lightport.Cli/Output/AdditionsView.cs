using Lightport.Cli.Gateway;
using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>Shows what a gateway would put into a request: context of sources, and tools of MCP servers.</summary>
internal static class AdditionsView
{
    public static void Show(Explanation explanation, Terminal terminal)
    {
        if (explanation.Context is { Count: > 0 } sources)
        {
            var table = new Table("context", "place", "asked");
            foreach (ExplainedContext source in sources)
            {
                table.Add(
                    source.Problem is null ? null : Styles.Removed,
                    source.Name,
                    source.Place,
                    source.Asked ? "yes" : source.Problem ?? "not for this request");
            }

            terminal.Table(table);
        }

        if (explanation.Tools is { Count: > 0 } servers)
        {
            ShowTools(servers, terminal);
        }
    }

    private static void ShowTools(IReadOnlyList<ExplainedServer> servers, Terminal terminal)
    {
        var table = new Table("tool", "server", "wanted by", "state");
        foreach (ExplainedServer server in servers)
        {
            if (Whole(server) is { } state)
            {
                Add("", state, server.Problem is null ? null : Styles.Removed);
            }

            foreach (ExplainedTool tool in server.Tools ?? [])
            {
                Add(tool.Name, State(tool), tool.Offered ? null : Styles.Changed);
            }

            foreach (string tool in server.HeldBack ?? [])
            {
                Add(tool, "held back: it has changed since it was approved", Styles.Changed);
            }

            void Add(string? tool, string said, Style? style) =>
                table.Add(style, tool, server.Server, server.WantedBy, said);
        }

        terminal.Table(table);
    }

    private static string State(ExplainedTool tool) => tool switch
    {
        { Offered: false } => "left out: others answer the prompt better",
        { Deferred: true, Approval: true } => "shown once a search finds it; each call must be approved",
        { Deferred: true } => "shown once a search finds it",
        { Approval: true } => "each call must be approved",
        _ => "offered",
    };

    /// <summary>What is to be said of a server rather than of its tools; null for nothing.</summary>
    private static string? Whole(ExplainedServer server) =>
        server.RunBy == "provider" ? "passed on to a provider that calls it itself"
        : server.Problem ?? (server.Listed ? null : "its tools are not known yet");
}
