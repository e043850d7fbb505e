using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>
/// Shows what held-back tools are now, asks, and approves them as they were shown: one that changes meanwhile is not
/// approved.
/// </summary>
internal sealed class McpApproveCommand
{
    private readonly Argument<string> _server = new("server") { Description = "The server's label." };

    private readonly Argument<string[]> _tools = new("tool")
    {
        Description = "Which of its tools; else all that are held back.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _yes = Arguments.Yes();

    public static Command Create(CommandRunner runner) => new McpApproveCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("approve", "Lets models have tools that have changed, as they are now.") { _server, _tools, _yes },
        ApproveAsync);

    private async Task<int> ApproveAsync(Session session, CancellationToken cancellationToken)
    {
        string label = session.Arguments.GetRequiredValue(_server);
        (_, IReadOnlyList<McpServerEntry> servers) = await McpCommand.ReadAsync(session, cancellationToken);
        IReadOnlyList<McpHeldTool> tools = Chosen(
            servers.FirstOrDefault(server => server.Label == label)
                ?? throw new CommandFailure(ExitCodes.Refused, $"The gateway has no MCP server '{label}'."),
            session.Arguments.GetValue(_tools) ?? []);
        if (!session.Terminal.Json)
        {
            foreach (McpHeldTool tool in tools)
            {
                McpServerView.ShowWhole(label, tool, session.Terminal);
            }
        }

        bool yes = session.Arguments.GetValue(_yes);
        if (!await session.ConfirmAsync("Let models have this?", yes, cancellationToken))
        {
            return ExitCodes.Done;
        }

        var marks = new JsonObject(tools.Select(tool =>
            new KeyValuePair<string, JsonNode?>(tool.Name!, JsonValue.Create(tool.Mark))));
        GatewayReply reply = await session.Gateway.SendAsync(
            GatewayCall.Post(McpCommand.ApproveDoor(label), new JsonObject { ["tools"] = marks }), cancellationToken);
        return session.Show(reply, CliJsonContext.Default.McpServerEntry, _ =>
            session.Terminal.Line($"Approved: {string.Join(", ", marks.Select(mark => mark.Key))}.", Styles.Added));
    }

    private static IReadOnlyList<McpHeldTool> Chosen(McpServerEntry server, string[] names)
    {
        IReadOnlyList<McpHeldTool> heldBack = server.HeldBack ?? [];
        if (names.FirstOrDefault(name => heldBack.All(tool => tool.Name != name)) is { } other)
        {
            throw new CommandFailure(ExitCodes.Refused, $"'{other}' of '{server.Label}' is not held back.");
        }

        return heldBack.Count == 0
            ? throw new CommandFailure(ExitCodes.Refused, $"No tool of '{server.Label}' is held back.")
            : names.Length == 0 ? heldBack : [.. heldBack.Where(tool => names.Contains(tool.Name))];
    }
}
