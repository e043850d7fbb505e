using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Puts an earlier version in force again, after showing what that changes.</summary>
internal sealed class RollbackCommand
{
    private readonly Argument<string?> _version = new("version")
    {
        Description = "The version, as `versions` lists it; else the one before the one in force.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _note = Arguments.Note();
    private readonly Option<bool> _yes = Arguments.Yes();

    public static Command Create(CommandRunner runner) => new RollbackCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("rollback", "Puts an earlier version of the configuration in force.") { _version, _note, _yes },
        RollbackAsync);

    private async Task<int> RollbackAsync(Session session, CancellationToken cancellationToken)
    {
        string? mark = (await ConfigurationChange.FindAsync(session, cancellationToken))?.ETag;
        string version = session.Arguments.GetValue(_version)
            ?? await FindPreviousAsync(session, cancellationToken);
        if (!session.Terminal.Json)
        {
            await ShowAsync(session, version, mark, cancellationToken);
        }

        bool yes = session.Arguments.GetValue(_yes);
        if (!await session.ConfirmAsync($"Put version {version} in force?", yes, cancellationToken))
        {
            return ExitCodes.Done;
        }

        string path = GatewayCall.WithQuery("/manage/config/rollback", ("note", session.Arguments.GetValue(_note)));
        GatewayCall call = GatewayCall.Post(path, new JsonObject { ["version"] = version }) with { IfMatch = mark };
        GatewayReply reply = await session.Gateway.SendAsync(call, cancellationToken);
        return session.Show(reply, CliJsonContext.Default.ChangeSet, set =>
        {
            DifferenceView.Warn(set, session.Terminal);
            session.Terminal.Line($"Version {set.Version ?? version} is in force.", Styles.Added);
        });
    }

    private static async Task ShowAsync(
        Session session,
        string version,
        string? mark,
        CancellationToken cancellationToken)
    {
        GatewayReply earlier = await ConfigurationChange.FetchAsync(session, version, cancellationToken);
        GatewayReply look = await ConfigurationChange.TryAsync(
            session, version, earlier.Body, mark, cancellationToken);
        DifferenceView.Show(look.Read(CliJsonContext.Default.ChangeSet), session.Terminal);
    }

    /// <summary>Named here and not left to the gateway, so that what is done is what was shown.</summary>
    private static async Task<string> FindPreviousAsync(Session session, CancellationToken cancellationToken)
    {
        GatewayReply reply = await VersionsCommand.FetchAsync(session, cancellationToken);
        IReadOnlyList<VersionEntry> versions = reply.Read(CliJsonContext.Default.VersionList).Versions ?? [];

        // A document that was edited by hand is in force and in no list: then the newest is the one before it.
        VersionEntry? before = versions.Any(version => version.Current)
            ? versions.SkipWhile(version => !version.Current).Skip(1).FirstOrDefault()
            : versions is [var newest, ..] ? newest : null;
        return before?.Version ?? throw new CommandFailure(
            ExitCodes.Refused, "There is no version before the one in force; `lightport versions` lists what is kept.")
        {
            Code = "no_earlier_version",
        };
    }
}
