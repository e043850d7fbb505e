using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Shows what became of one request.</summary>
internal sealed class RequestCommand
{
    private readonly Argument<string> _id = new("id")
    {
        Description = "The request's id, as its answer has it in x-request-id.",
    };

    public static Command Create(CommandRunner runner) => new RequestCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("request", "Shows what became of one request: who asked, where it went, what it cost.") { _id },
        ShowAsync);

    private async Task<int> ShowAsync(Session session, CancellationToken cancellationToken)
    {
        string id = Uri.EscapeDataString(session.Arguments.GetRequiredValue(_id));
        GatewayReply reply = await session.Gateway
            .SendAsync(GatewayCall.Get($"/manage/requests/{id}"), cancellationToken);
        return session.Show(
            reply, CliJsonContext.Default.Receipt, receipt => ReceiptView.Show(receipt, session.Terminal));
    }
}
