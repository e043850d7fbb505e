using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Cli.Input;
using Lightport.Cli.Output;
using Lightport.Configuration;
using Lightport.Providers;

namespace Lightport.Cli.Commands;

/// <summary>Checks a document with the gateway's own reader; asks nobody.</summary>
internal static class CheckCommand
{
    private const int NamesShown = 8;

    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = Arguments.ConfigurationFile();
        var command = new Command("check", "Checks a configuration here, without a gateway.") { file };
        return runner.Run(
            command, (session, _) => Task.FromResult(Check(session, session.Arguments.GetRequiredValue(file))));
    }

    private static int Check(Session session, string path)
    {
        string text = session.Documents.ReadText(path, Documents.MostConfigurationBytes);
        string name = Documents.ShownName(path);
        ConfigurationEnvironment environment = ConfigurationEnvironment.From(session.Surroundings.Settings);
        ConfigurationResult result = ConfigurationLoader.Load(text, name, ProviderCatalog.Load(), environment);
        if (!result.Valid)
        {
            throw Invalid(result.Errors);
        }

        if (session.Terminal.Json)
        {
            session.Terminal.Document(Describe(name, result.Configuration).ToJsonString());
        }
        else
        {
            Show(name, result.Configuration, session.Terminal);
        }

        return ExitCodes.Done;
    }

    /// <summary>In the shape that the gateway has for the same mistakes.</summary>
    private static CommandFailure Invalid(IReadOnlyList<ConfigurationError> errors)
    {
        string noun = errors.Count == 1 ? "mistake" : "mistakes";
        string message = string.Create(CultureInfo.InvariantCulture, $"The configuration has {errors.Count} {noun}.");
        var document = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["type"] = "invalid_request_error",
                ["param"] = null,
                ["code"] = "invalid_configuration",
                ["details"] = new JsonArray([.. errors.Select(error => new JsonObject
                {
                    ["line"] = error.Line,
                    ["column"] = error.Column,
                    ["message"] = error.Message,
                })]),
            },
        };
        return new CommandFailure(ExitCodes.Refused, message)
        {
            Code = "invalid_configuration",
            Json = document.ToJsonString(),
            Places = [.. errors.Select(error => error.ToString())],
        };
    }

    private static void Show(string name, GatewayConfiguration configuration, Terminal terminal)
    {
        foreach (string warning in configuration.Warnings)
        {
            terminal.Warn(warning);
        }

        string[] models = [.. Models(configuration)];
        string[] providers = [.. configuration.Routing.Providers.Keys];
        var table = new Table("", "#count", "names");
        table.Add(null, "providers", Shown.Count(providers.Length), Names(providers));
        table.Add(null, "models", Shown.Count(models.Length), Names(models));
        table.Add(null, "client keys", Shown.Count(configuration.Admission.Keys.Count), "");
        table.Add(null, "warnings", Shown.Count(configuration.Warnings.Count), "");
        terminal.Line($"{name} is valid.", Styles.Added);
        terminal.Table(table);
    }

    private static JsonObject Describe(string name, GatewayConfiguration configuration) => new()
    {
        ["valid"] = true,
        ["source"] = name,
        ["providers"] = Array(configuration.Routing.Providers.Keys),
        ["models"] = Array(Models(configuration)),
        ["keys"] = configuration.Admission.Keys.Count,
        ["warnings"] = Array(configuration.Warnings),
    };

    private static IEnumerable<string> Models(GatewayConfiguration configuration) =>
        configuration.Routing.ModelNames.Concat(configuration.Routing.Wildcards.Select(wildcard => wildcard.Pattern));

    private static JsonArray Array(IEnumerable<string> texts) =>
        new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);

    private static string Names(string[] names) => names.Length <= NamesShown
        ? string.Join(", ", names)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", names.Take(NamesShown))} and {names.Length - NamesShown} more");
}
