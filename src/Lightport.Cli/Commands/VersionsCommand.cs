using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Lists the versions of the configuration that are kept.</summary>
internal static class VersionsCommand
{
    public static Command Create(CommandRunner runner) => runner.Run(
        new Command("versions", "Lists the versions of the configuration, newest first."),
        async (session, cancellationToken) => session.Show(
            await FetchAsync(session, cancellationToken),
            CliJsonContext.Default.VersionList,
            list => Show(list, session.Terminal)));

    public static Task<GatewayReply> FetchAsync(Session session, CancellationToken cancellationToken) =>
        session.Gateway.SendAsync(GatewayCall.Get("/manage/config/versions"), cancellationToken);

    private static void Show(VersionList list, Terminal terminal)
    {
        var table = new Table("", "version", "created", "author", "#entries", "note");
        foreach (VersionEntry version in list.Versions ?? [])
        {
            table.Add(
                version.Current ? Styles.Added : null,
                version.Current ? "*" : "",
                version.Version,
                Shown.Moment(version.CreatedAt),
                version.Author,
                version.Entries is { } entries ? Shown.Count(entries) : "",
                version.Note);
        }

        if (list.Versions is null or [])
        {
            terminal.Note("Nothing was ever applied; `lightport apply` makes the first version.");
        }
        else
        {
            terminal.Table(table);
        }
    }
}
