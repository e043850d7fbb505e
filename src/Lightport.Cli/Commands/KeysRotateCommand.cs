using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Makes a key's successor. As with <c>keys create</c>, the new key stands alone on standard output.</summary>
internal static class KeysRotateCommand
{
    public static Command Create(CommandRunner runner)
    {
        Argument<string> key = Arguments.Key();
        var grace = new Option<string?>("--grace")
        {
            Description = "How long the old key goes on, as 24h or 7d; else as the gateway has it.",
            HelpName = "time",
        };
        var command = new Command("rotate", "Makes a key's successor, which is shown this once.") { key, grace };
        return runner.Run(command, async (session, cancellationToken) =>
        {
            var body = new JsonObject();
            if (session.Arguments.GetValue(grace) is { } time)
            {
                body["grace"] = Moments.Duration(time, "--grace");
            }

            string path = KeyDoors.Of(await session.KeyIdAsync(key, cancellationToken)) + "/rotate";
            GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Post(path, body), cancellationToken);
            return session.Show(
                reply, CliJsonContext.Default.KeyEntry, made => KeyView.ShowNew(made, session.Terminal));
        });
    }
}
