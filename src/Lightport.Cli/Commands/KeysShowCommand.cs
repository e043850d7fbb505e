using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Shows one key.</summary>
internal static class KeysShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        Argument<string> id = Arguments.KeyId();
        var command = new Command("show", "Shows a client key, without the key itself.") { id };
        return runner.Run(command, async (session, cancellationToken) =>
        {
            string path = KeysCommand.DoorOf(session.Arguments.GetRequiredValue(id));
            GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
            return session.Show(reply, CliJsonContext.Default.KeyEntry, key => KeyView.Show(key, session.Terminal));
        });
    }
}
