using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Shows one key.</summary>
internal static class KeysShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        Argument<string> key = Arguments.Key();
        var command = new Command("show", "Shows a client key, without the key itself.") { key };
        return runner.Run(command, async (session, cancellationToken) =>
        {
            string path = KeyDoors.Of(await session.KeyIdAsync(key, cancellationToken));
            GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
            return session.Show(reply, CliJsonContext.Default.KeyEntry, shown => KeyView.Show(shown, session.Terminal));
        });
    }
}
