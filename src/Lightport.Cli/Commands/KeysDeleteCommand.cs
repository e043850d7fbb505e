using System.CommandLine;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Commands;

/// <summary>Removes a key for good.</summary>
internal static class KeysDeleteCommand
{
    public static Command Create(CommandRunner runner)
    {
        Argument<string> id = Arguments.KeyId();
        Option<bool> yes = Arguments.Yes();
        var command = new Command("delete", "Removes a client key for good.") { id, yes };
        return runner.Run(command, (session, cancellationToken) => DeleteAsync(
            session,
            session.Arguments.GetRequiredValue(id),
            session.Arguments.GetValue(yes),
            cancellationToken));
    }

    private static async Task<int> DeleteAsync(
        Session session,
        string id,
        bool yes,
        CancellationToken cancellationToken)
    {
        if (!await session.ConfirmAsync($"Remove key {id} for good?", yes, cancellationToken))
        {
            return ExitCodes.Done;
        }

        await session.Gateway.SendAsync(GatewayCall.Delete(KeysCommand.DoorOf(id)), cancellationToken);

        // The door's answer is empty.
        session.Terminal.Note($"Key {id} is removed; every instance knows within 60 seconds.");
        return ExitCodes.Done;
    }
}
