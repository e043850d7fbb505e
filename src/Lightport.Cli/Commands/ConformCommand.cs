using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;
using Lightport.Conformance;
using Lightport.Conformance.Pages;
using Lightport.Conformance.Running;

namespace Lightport.Cli.Commands;

/// <summary>Measures a gateway, whoever made it, by scripted clients and providers.</summary>
internal sealed class ConformCommand
{
    private const string AnyKey = "conformance";

    private readonly Argument<string?> _gateway = new("url")
    {
        Description = "The gateway's address, else --url.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = $"Where the scripted providers listen on this machine, else {ConformanceSuite.DefaultPort}.",
        HelpName = "port",
        DefaultValueFactory = _ => ConformanceSuite.DefaultPort,
    };

    private readonly Option<string?> _print = new("--print")
    {
        Description = "Prints what the gateway must be told of the scripted providers, and asks nobody.",
        HelpName = "yaml|json",
    };

    private readonly GlobalOptions _options;

    private ConformCommand(GlobalOptions options) => _options = options;

    public static Command Create(CommandRunner runner, GlobalOptions options) =>
        new ConformCommand(options).Build(runner);

    private Command Build(CommandRunner runner)
    {
        _print.AcceptOnlyFromAmong("yaml", "json");
        _port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > ushort.MaxValue)
            {
                result.AddError("--port is a number from 1 to 65535.");
            }
        });
        var command = new Command(
            "conform",
            "Asks a gateway every case of every dialect, with scripted providers behind it, and prints what arrived.")
        {
            _gateway, _port, _print,
        };
        return runner.Run(command, RunAsync);
    }

    private async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        ParseResult arguments = session.Arguments;
        int port = arguments.GetValue(_port);
        if (arguments.GetValue(_print) is { } form)
        {
            IReadOnlyList<RoutedModel> models = ConformanceSuite.ModelsAt($"http://127.0.0.1:{port}");
            session.Terminal.Document(form == "yaml"
                ? LightportYaml.Write(models)
                : JsonText.Pretty(MatrixJson.Write(models).ToJsonString()));
            return ExitCodes.Done;
        }

        GatewayAddress address = GatewayAddress.Parse(
            arguments.GetValue(_gateway)
            ?? arguments.GetValue(_options.Url)
            ?? session.Surroundings.Settings["LIGHTPORT_URL"]);
        string? key = new KeyReader(session.Surroundings.Settings, session.Documents).ClientKey();
        session.Terminal.Hide(key);
        Matrix matrix = await MeasureAsync(session.Terminal, address, key ?? AnyKey, port, cancellationToken);
        if (session.Terminal.Json)
        {
            session.Terminal.Document(MatrixJson.Write(matrix).ToJsonString());
        }
        else
        {
            MatrixView.Show(matrix, session.Terminal);
        }

        return matrix.IsConforming ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static async Task<Matrix> MeasureAsync(
        Terminal terminal, GatewayAddress address, string key, int port, CancellationToken cancellationToken)
    {
        try
        {
            await using ConformanceSuite suite = await ConformanceSuite.StartAsync(port, cancellationToken);
            terminal.Note(
                $"The scripted providers listen at http://127.0.0.1:{port}; `conform --print yaml`, or json, says what "
                + "a gateway must be told of them.");
            return await terminal.FollowAsync<Cell, Matrix>(
                "asking",
                ConformanceSuite.CellCount,
                done => suite.RunAsync(address.At(""), key, done, cancellationToken));
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailure(ExitCodes.Unavailable, $"{address} cannot be reached: {e.Message}", e)
            {
                Code = "unreachable",
            };
        }
        catch (IOException e)
        {
            throw new CommandFailure(
                ExitCodes.WrongUse, $"The scripted providers cannot listen at port {port}; --port names another.", e)
            {
                Code = "port_taken",
            };
        }
    }
}
