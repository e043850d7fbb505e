using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Shows what was used.</summary>
internal sealed class UsageCommand
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "The first day or hour.",
        HelpName = "day",
    };

    private readonly Option<string?> _to = new("--to") { Description = "The last day or hour.", HelpName = "day" };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "One client key: its id or name.",
        HelpName = "key",
    };

    private readonly Option<string?> _by = new("--by")
    {
        Description = "What to sum up by: key, model, provider, route, tag, tag.<name of a key's tag>, day, hour, with "
            + "commas; else key,model.",
        HelpName = "key,model,…",
    };

    private readonly Option<bool> _csv = new("--csv") { Description = "For spreadsheets: the rows as CSV." };

    /// <summary>The door's own names, each a pattern.</summary>
    private readonly Option<string?>[] _filters =
    [
        Filter("model", "Only models of this pattern, as in openai/*."),
        Filter("provider", "Only providers of this pattern."),
        Filter("route", "Only routes of this pattern."),
        Filter("tag", "Only what rules marked with a tag of this pattern."),
        Filter("key-tag", "Only keys with that tag, as in team:growth."),
    ];

    public static Command Create(CommandRunner runner) => new UsageCommand().Build(runner);

    private static Option<string?> Filter(string name, string description) =>
        new("--" + name) { Description = description, HelpName = "pattern" };

    private Command Build(CommandRunner runner)
    {
        var command = new Command("usage", "Shows requests, tokens and what they cost, summed up.")
        {
            _from, _to, _key, _by, _csv,
        };
        foreach (Option<string?> filter in _filters)
        {
            command.Options.Add(filter);
        }

        return runner.Run(command, ReportAsync);
    }

    private async Task<int> ReportAsync(Session session, CancellationToken cancellationToken)
    {
        ParseResult arguments = session.Arguments;
        bool csv = arguments.GetValue(_csv);
        if (csv && session.Terminal.Json)
        {
            throw new CommandFailure(ExitCodes.WrongUse, "Give either --csv or --json.");
        }

        (string Name, string? Value)[] query =
        [
            ("from", Moment(arguments, _from)),
            ("to", Moment(arguments, _to)),
            ("key", await session.KeyIdAsync(_key, cancellationToken)),
            ("by", arguments.GetValue(_by)),
            .. _filters.Select(filter => (filter.Name.TrimStart('-'), arguments.GetValue(filter))),
        ];
        var call = GatewayCall.Get(GatewayCall.WithQuery("/manage/usage", query)) with
        {
            Accept = csv ? "text/csv" : null,
        };
        GatewayReply reply = await session.Gateway.SendAsync(call, cancellationToken);
        if (csv)
        {
            session.Terminal.Document(reply.Text);
            return ExitCodes.Done;
        }

        return session.Show(
            reply, CliJsonContext.Default.UsageReport, report => UsageView.Show(report, session.Terminal));
    }

    private static string? Moment(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } text ? Moments.DayOrHour(text, option.Name) : null;
}
