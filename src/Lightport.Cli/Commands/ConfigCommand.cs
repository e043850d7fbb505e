using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Commands;

/// <summary>Prints a version of the configuration, ready to be edited and applied.</summary>
internal sealed class ConfigCommand
{
    private readonly Option<string?> _version = new("--version")
    {
        Description = "Which; else the one in force.",
        HelpName = "version",
    };

    public static Command Create(CommandRunner runner) => new ConfigCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("config", "Prints the configuration in force, as YAML.") { _version }, PrintAsync);

    private async Task<int> PrintAsync(Session session, CancellationToken cancellationToken)
    {
        GatewayReply reply = await ConfigurationChange.FetchAsync(
            session, session.Arguments.GetValue(_version), cancellationToken);

        // The door answers in YAML, which a script that asked for JSON gets as a text.
        session.Terminal.Document(session.Terminal.Json
            ? new JsonObject { ["etag"] = reply.ETag, ["yaml"] = reply.Text }.ToJsonString()
            : reply.Text);
        return ExitCodes.Done;
    }
}
