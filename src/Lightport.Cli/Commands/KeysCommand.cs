using System.CommandLine;

namespace Lightport.Cli.Commands;

/// <summary>Client keys: who may call.</summary>
internal static class KeysCommand
{
    public static Command Create(CommandRunner runner) => new("keys", "Makes, lists and changes client keys.")
    {
        KeysCreateCommand.Create(runner),
        KeysListCommand.Create(runner),
        KeysShowCommand.Create(runner),
        KeysUpdateCommand.Create(runner),
        KeysSwitchCommand.Create(runner, "disable", disabled: true, "Keeps a key from admitting anyone."),
        KeysSwitchCommand.Create(runner, "enable", disabled: false, "Lets a disabled key admit again."),
        KeysRotateCommand.Create(runner),
        KeysDeleteCommand.Create(runner),
    };
}
