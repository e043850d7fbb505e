using System.CommandLine;

namespace Lightport.Cli.Commands;

/// <summary>Client keys: who may call.</summary>
internal static class KeysCommand
{
    /// <summary>The door of all keys.</summary>
    public const string Door = "/manage/keys";

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

    /// <summary>The door of one key.</summary>
    public static string DoorOf(string id) => $"{Door}/{Uri.EscapeDataString(id)}";
}
