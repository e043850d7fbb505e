using System.CommandLine;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Commands;

/// <summary>Lists what a client may ask for, with a client's key.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandRunner runner) => runner.Run(
        new Command("models", "Lists the models that the client key in LIGHTPORT_KEY may ask for."),
        async (session, cancellationToken) => session.Show(
            await session.Gateway.SendAsync(GatewayCall.Get("/v1/models"), cancellationToken),
            CliJsonContext.Default.ModelCatalog,
            catalog =>
            {
                foreach (ModelEntry model in catalog.Data ?? [])
                {
                    session.Terminal.Line(model.Id);
                }
            }));
}
