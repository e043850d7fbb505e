using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Shows what a document changes, asks, and puts it in force where nobody was faster.</summary>
internal sealed class ApplyCommand
{
    private readonly Argument<string> _file = Arguments.ConfigurationFile();
    private readonly Option<string?> _note = Arguments.Note();
    private readonly Option<bool> _yes = Arguments.Yes();

    private readonly Option<string?> _ifMatch = new("--if-match")
    {
        Description = "Only where this version is in force; else the one that is when the difference is shown.",
        HelpName = "version",
    };

    public static Command Create(CommandRunner runner) => new ApplyCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("apply", "Puts a configuration in force.") { _file, _note, _ifMatch, _yes }, ApplyAsync);

    private async Task<int> ApplyAsync(Session session, CancellationToken cancellationToken)
    {
        string file = session.Arguments.GetRequiredValue(_file);
        ReadOnlyMemory<byte> document = session.Documents.Read(file, Documents.MostConfigurationBytes);
        string? mark = session.Arguments.GetValue(_ifMatch) is { } named
            ? Quoted(named)
            : await ConfigurationChange.FindMarkAsync(session, cancellationToken);
        GatewayReply look = await ConfigurationChange.TryAsync(session, file, document, mark, cancellationToken);
        ChangeSet changes = look.Read(CliJsonContext.Default.ChangeSet);
        if (!session.Terminal.Json)
        {
            DifferenceView.Warn(changes, session.Terminal);
            DifferenceView.Show(changes, session.Terminal);
            if (changes.Changes is null or [])
            {
                session.Terminal.Note($"Version {changes.Previous ?? "-"} stays in force.");
                return ExitCodes.Done;
            }
        }

        bool yes = session.Arguments.GetValue(_yes);
        if (!await session.ConfirmAsync("Put this in force?", yes, cancellationToken))
        {
            return ExitCodes.Done;
        }

        GatewayReply reply = await ConfigurationChange.ApplyAsync(
            session, file, document, mark, session.Arguments.GetValue(_note), cancellationToken);
        return session.Show(reply, CliJsonContext.Default.ChangeSet, set =>
            session.Terminal.Line($"Version {set.Version} is in force.", Styles.Added));
    }

    /// <summary>Versions are shown without the quotes that the header wants.</summary>
    private static string Quoted(string mark) => mark.EndsWith('"') || mark == "*" ? mark : $"\"{mark}\"";
}
