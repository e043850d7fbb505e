using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Turns a key off or on.</summary>
internal static class KeysSwitchCommand
{
    public static Command Create(CommandRunner runner, string name, bool disabled, string description)
    {
        Argument<string> id = Arguments.KeyId();
        var command = new Command(name, description) { id };
        return runner.Run(command, async (session, cancellationToken) =>
        {
            string path = KeysCommand.DoorOf(session.Arguments.GetRequiredValue(id));
            GatewayCall call = GatewayCall.Patch(path, new JsonObject { ["disabled"] = disabled });
            GatewayReply reply = await session.Gateway.SendAsync(call, cancellationToken);
            return session.Show(reply, CliJsonContext.Default.KeyEntry, key =>
                session.Terminal.Line(
                    $"Key {key.Id} ({key.Name}) is {key.Status}; every instance knows within 60 seconds."));
        });
    }
}
