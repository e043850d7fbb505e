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

    private readonly Option<string?> _key = new("--key")
    {
        Description = "One client key: its id or name.",
        HelpName = "key",
    };

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
        string? from = arguments.GetValue(_from) is { } first ? Moments.Day(first, "--from") : null;
        string? to = arguments.GetValue(_to) is { } last ? Moments.Day(last, "--to") : null;
        string path = GatewayCall.WithQuery(
            "/manage/usage",
            ("from", from),
            ("to", to),
            ("key", await session.KeyIdAsync(_key, cancellationToken)),
            ("by", arguments.GetValue(_by)));
        GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
        return session.Show(
            reply, CliJsonContext.Default.UsageReport, report => UsageView.Show(report, session.Terminal));
    }
}
