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
        Argument<string> key = Arguments.Key();
        var command = new Command(name, description) { key };
        return runner.Run(command, async (session, cancellationToken) =>
        {
            string path = KeyDoors.Of(await session.KeyIdAsync(key, cancellationToken));
            GatewayCall call = GatewayCall.Patch(path, new JsonObject { ["disabled"] = disabled });
            GatewayReply reply = await session.Gateway.SendAsync(call, cancellationToken);
            return session.Show(reply, CliJsonContext.Default.KeyEntry, changed =>
                session.Terminal.Line(
                    $"Key {changed.Id} ({changed.Name}) is {changed.Status}; every instance knows within 60 seconds."));
        });
    }
}
