using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Shows what was used.</summary>
internal sealed class UsageCommand
{
    private readonly Option<string?> _from = new("--from") { Description = "The first day.", HelpName = "day" };

    private readonly Option<string?> _to = new("--to") { Description = "The last day.", HelpName = "day" };

    private readonly Option<string?> _key = new("--key") { Description = "One client key's id.", HelpName = "id" };

    private readonly Option<string?> _by = new("--by")
    {
        Description = "What to sum up by: key, model, day, hour, with commas; else key,model.",
        HelpName = "key,model,…",
    };

    public static Command Create(CommandRunner runner) => new UsageCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("usage", "Shows requests and tokens, summed up.") { _from, _to, _key, _by }, ReportAsync);

    private async Task<int> ReportAsync(Session session, CancellationToken cancellationToken)
    {
        ParseResult arguments = session.Arguments;
        string path = GatewayCall.WithQuery(
            "/manage/usage",
            ("from", arguments.GetValue(_from) is { } from ? Moments.Day(from, "--from") : null),
            ("to", arguments.GetValue(_to) is { } to ? Moments.Day(to, "--to") : null),
            ("key", arguments.GetValue(_key)),
            ("by", arguments.GetValue(_by)));
        GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
        return session.Show(
            reply, CliJsonContext.Default.UsageReport, report => UsageView.Show(report, session.Terminal));
    }
}
