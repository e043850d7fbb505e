using System.CommandLine;
using System.CommandLine.Help;

namespace Lightport.Cli.Commands;

/// <summary>Every command there is.</summary>
internal static class CommandTree
{
    public static Command Create(CommandRunner runner, GlobalOptions options)
    {
        // Not a RootCommand: that would be named after the file that is run, not after the tool.
        var root = new Command("lightport", "Manages a Lightport gateway: its configuration, client keys and usage.")
        {
            new HelpOption(),
            new VersionOption(),
            CheckCommand.Create(runner),
            DiffCommand.Create(runner),
            ApplyCommand.Create(runner),
            VersionsCommand.Create(runner),
            RollbackCommand.Create(runner),
            ConfigCommand.Create(runner),
            KeysCommand.Create(runner),
            ExplainCommand.Create(runner),
            ModelsCommand.Create(runner),
            ChatCommand.Create(runner),
            UsageCommand.Create(runner),
            RequestCommand.Create(runner),
            PricesCommand.Create(runner),
            McpCommand.Create(runner),
            HealthCommand.Create(runner),
            AuditCommand.Create(runner),
            ConformCommand.Create(runner, options),
        };
        options.AddTo(root);
        return root;
    }
}
