using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Makes a key, which stands alone on standard output: <c>KEY=$(lightport keys create x)</c>.</summary>
internal static class KeysCreateCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = new Argument<string>("name") { Description = "What people, logs and usage call it." };
        var hash = new Option<string?>("--sha256")
        {
            Description = "Brings a key from another gateway by its SHA-256, in 64 hexadecimal digits.",
            HelpName = "digits",
        };
        var options = new KeyOptions();
        var command = new Command("create", "Makes a client key, which is shown this once.") { name, hash };
        options.AddTo(command);
        return runner.Run(command, async (session, cancellationToken) =>
        {
            var body = new JsonObject { ["name"] = session.Arguments.GetRequiredValue(name) };
            options.Write(session, body);
            if (session.Arguments.GetValue(hash) is { } digits)
            {
                body["sha256"] = digits;
            }

            GatewayReply reply = await session.Gateway
                .SendAsync(GatewayCall.Post(KeyDoors.All, body), cancellationToken);
            return session.Show(reply, CliJsonContext.Default.KeyEntry, key => KeyView.ShowNew(key, session.Terminal));
        });
    }
}
