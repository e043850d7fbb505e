using System.CommandLine;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Commands;

/// <summary>Removes a key for good.</summary>
internal static class KeysDeleteCommand
{
    public static Command Create(CommandRunner runner)
    {
        Argument<string> key = Arguments.Key();
        Option<bool> yes = Arguments.Yes();
        var command = new Command("delete", "Removes a client key for good.") { key, yes };
        return runner.Run(command, async (session, cancellationToken) =>
        {
            string id = await session.KeyIdAsync(key, cancellationToken);
            if (await session.ConfirmAsync(
                $"Remove key {id} for good?", session.Arguments.GetValue(yes), cancellationToken))
            {
                await session.Gateway.SendAsync(GatewayCall.Delete(KeyDoors.Of(id)), cancellationToken);

                // The door's answer is empty.
                session.Terminal.Note($"Key {id} is removed; every instance knows within 60 seconds.");
            }

            return ExitCodes.Done;
        });
    }
}
