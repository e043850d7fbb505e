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
        GatewayReply? inForce = await ConfigurationChange.FindAsync(session, cancellationToken);
        string? mark = session.Arguments.GetValue(_ifMatch) is { } named ? Quoted(named) : inForce?.ETag;
        GatewayReply look = await ConfigurationChange.TryAsync(session, file, document, mark, cancellationToken);
        ChangeSet changes = look.Read(CliJsonContext.Default.ChangeSet);
        if (!session.Terminal.Json)
        {
            DifferenceView.Warn(changes, session.Terminal);
            DifferenceView.Show(changes, session.Terminal);
        }

        // A document that says the same in other words is still worth keeping: its comments are read by people.
        bool same = changes.Changes is null or [] && inForce?.Body.Span.SequenceEqual(document.Span) == true;
        if (same && !session.Terminal.Json)
        {
            session.Terminal.Note($"Version {changes.Previous ?? "-"} stays in force.");
            return ExitCodes.Done;
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
