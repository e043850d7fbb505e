using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Shows what targets cost, who says so, and since when.</summary>
internal sealed class PricesCommand
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "One model, as a client would ask for it; else all that are configured.",
        HelpName = "model",
    };

    private readonly Option<string?> _at = new("--at")
    {
        Description = "The day whose prices are shown; else today.",
        HelpName = "day",
    };

    public static Command Create(CommandRunner runner) => new PricesCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("prices", "Shows what models cost, in US dollars for a million tokens.") { _model, _at },
        ListAsync);

    private async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        ParseResult arguments = session.Arguments;
        string? at = arguments.GetValue(_at) is { } day ? Moments.Day(day, "--at") : null;
        string path = GatewayCall.WithQuery("/manage/prices", ("model", arguments.GetValue(_model)), ("at", at));
        GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
        return session.Show(
            reply, CliJsonContext.Default.PriceList, list => PricesView.Show(list, session.Terminal));
    }
}
