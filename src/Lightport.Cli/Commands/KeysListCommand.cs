using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Lists every key.</summary>
internal static class KeysListCommand
{
    public static Command Create(CommandRunner runner) => runner.Run(
        new Command("list", "Lists the client keys, without the keys themselves."), ListAsync);

    private static async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        var keys = new List<JsonElement>();
        var replies = new List<GatewayReply>();
        await foreach ((GatewayReply reply, KeyList page) in KeyPages.ReadAsync(session.Gateway, cancellationToken))
        {
            replies.Add(reply);
            keys.AddRange(page.Keys ?? []);
        }

        if (session.Terminal.Json)
        {
            session.Terminal.Document(replies is [var only] ? only.Text : Joined(keys));
        }
        else if (keys.Count == 0)
        {
            session.Terminal.Note("There are no client keys; `lightport keys create <name>` makes one.");
        }
        else
        {
            KeyView.ShowAll(keys.Select(KeyHandle.Read), session.Terminal);
        }

        return ExitCodes.Done;
    }

    private static string Joined(List<JsonElement> keys)
    {
        var all = new JsonArray([.. keys.Select(key => JsonObject.Create(key))]);
        return new JsonObject { ["keys"] = all, ["next"] = null }.ToJsonString();
    }
}
