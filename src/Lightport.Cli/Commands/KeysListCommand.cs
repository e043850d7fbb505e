using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Lists every key, page by page.</summary>
internal static class KeysListCommand
{
    private const int PageLength = 1000;

    public static Command Create(CommandRunner runner) => runner.Run(
        new Command("list", "Lists the client keys, without the keys themselves."), ListAsync);

    private static async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        var keys = new List<JsonElement>();
        var seen = new HashSet<string>();
        for (string? after = null; ;)
        {
            GatewayReply reply = await FetchAsync(session, after, cancellationToken);
            KeyList page = reply.Read(CliJsonContext.Default.KeyList);
            if (session.Terminal.Json && after is null && page.Next is null)
            {
                session.Terminal.Document(reply.Text);
                return ExitCodes.Done;
            }

            keys.AddRange(page.Keys ?? []);
            if (page.Next is null)
            {
                break;
            }

            if (!seen.Add(page.Next))
            {
                throw new CommandFailure(
                    ExitCodes.Unavailable, "The gateway's pages of keys lead back to where they were.")
                {
                    Code = "unexpected_answer",
                };
            }

            after = page.Next;
        }

        Show(keys, session.Terminal);
        return ExitCodes.Done;
    }

    private static Task<GatewayReply> FetchAsync(Session session, string? after, CancellationToken cancellationToken)
    {
        string limit = PageLength.ToString(CultureInfo.InvariantCulture);
        string path = GatewayCall.WithQuery(KeysCommand.Door, ("limit", limit), ("after", after));
        return session.Gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
    }

    private static void Show(List<JsonElement> keys, Terminal terminal)
    {
        if (terminal.Json)
        {
            var all = new JsonArray([.. keys.Select(key => JsonObject.Create(key))]);
            terminal.Document(new JsonObject { ["keys"] = all, ["next"] = null }.ToJsonString());
        }
        else if (keys.Count == 0)
        {
            terminal.Note("There are no client keys; `lightport keys create <name>` makes one.");
        }
        else
        {
            KeyView.ShowAll(keys.Select(Read), terminal);
        }
    }

    private static KeyEntry Read(JsonElement key) =>
        key.Deserialize(CliJsonContext.Default.KeyEntry) ?? throw new JsonException("null");
}
