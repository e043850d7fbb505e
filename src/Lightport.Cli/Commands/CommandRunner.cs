using System.CommandLine;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Runs what a command does, and makes an exit code of however it ends.</summary>
internal sealed class CommandRunner(Surroundings surroundings, GlobalOptions options)
{
    /// <summary>Gives a command its work.</summary>
    public Command Run(Command command, Func<Session, CancellationToken, Task<int>> work)
    {
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, work, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<Session, CancellationToken, Task<int>> work,
        CancellationToken cancellationToken)
    {
        var terminal = new Terminal(surroundings, parsed.GetValue(options.Json), parsed.GetValue(options.NoColor));
        using var session = new Session(parsed, surroundings, terminal, Connect);
        try
        {
            WrongCommandLine.RefuseUnknownOptions(parsed);
            return await work(session, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            terminal.Fail(failure);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Note("Cancelled.");
            return ExitCodes.Cancelled;
        }
    }

    private GatewayClient Connect(Session session)
    {
        GatewayAddress address = GatewayAddress.Parse(
            session.Arguments.GetValue(options.Url) ?? surroundings.Settings["LIGHTPORT_URL"]);
        var keys = new KeyReader(surroundings.Settings, session.Documents);
        string? keyFile = session.Arguments.GetValue(options.AdminKeyFile);

        // A token is somebody's own and goes before the key that all share, unless that is asked for.
        string? token = keyFile is null ? keys.Token(session.Arguments.GetValue(options.TokenFile)) : null;
        string? adminKey = token ?? keys.AdminKey(keyFile);
        string? clientKey = keys.ClientKey() ?? token;
        session.Terminal.Hide(adminKey);
        session.Terminal.Hide(clientKey);
        if (!address.IsPrivate && (adminKey ?? clientKey) is not null)
        {
            session.Terminal.Warn($"{address} is not https: the key and all else cross the network unencrypted.");
        }

        return new GatewayClient(address, surroundings.Clock)
        {
            AdminKey = adminKey,
            ClientKey = clientKey,
            Author = Author.Name(surroundings.Settings),
            Agent = $"lightport-cli/{typeof(Tool).Assembly.GetName().Version?.ToString(3)}",
        };
    }
}
