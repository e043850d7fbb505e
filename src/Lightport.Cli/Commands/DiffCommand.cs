using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Says what a document would change, and changes nothing.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = Arguments.ConfigurationFile();
        var exitCode = new Option<bool>("--exit-code") { Description = "End with 10 where something would change." };
        var command = new Command("diff", "Shows what a configuration would change.") { file, exitCode };
        return runner.Run(command, (session, cancellationToken) => DiffAsync(
            session,
            session.Arguments.GetRequiredValue(file),
            session.Arguments.GetValue(exitCode),
            cancellationToken));
    }

    private static async Task<int> DiffAsync(
        Session session,
        string file,
        bool exitCode,
        CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> document = session.Documents.Read(file, Documents.MostConfigurationBytes);
        GatewayReply reply = await ConfigurationChange.TryAsync(session, file, document, mark: null, cancellationToken);
        ChangeSet changes = reply.Read(CliJsonContext.Default.ChangeSet);
        session.Show(reply, CliJsonContext.Default.ChangeSet, set =>
        {
            DifferenceView.Warn(set, session.Terminal);
            DifferenceView.Show(set, session.Terminal);
        });
        return exitCode && changes.Changes is { Count: > 0 } ? ExitCodes.Different : ExitCodes.Done;
    }
}
