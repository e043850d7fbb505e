using System.CommandLine;
using System.Net;
using System.Text.Json;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;
using Spectre.Console;

namespace Lightport.Cli.Commands;

/// <summary>Says how the gateway is: all of it with the admin key, a word without.</summary>
internal static class HealthCommand
{
    /// <summary>In characters; a longer path makes the column wider.</summary>
    private const int NarrowestPaths = 24;

    public static Command Create(CommandRunner runner) => runner.Run(
        new Command("health", "Says how the gateway is; with the admin key, its stores too."), CheckAsync);

    private static async Task<int> CheckAsync(Session session, CancellationToken cancellationToken)
    {
        GatewayCall call = GatewayCall.Get(session.Gateway.AdminKey is null ? "/health" : "/manage/health");
        GatewayReply reply = await session.Gateway.AskAsync(call, cancellationToken);

        // A gateway that can serve nothing says so with 503 and the same document.
        if (!reply.IsSuccess && (reply.Status != HttpStatusCode.ServiceUnavailable || !HasStatus(reply)))
        {
            throw GatewayFailures.Of(reply, call);
        }

        JsonElement health = reply.Read(CliJsonContext.Default.JsonElement);
        session.Show(reply, CliJsonContext.Default.JsonElement, document => Show(document, session.Terminal));
        return reply.IsSuccess && Status(health) != "unavailable" ? ExitCodes.Done : ExitCodes.Unavailable;
    }

    private static bool HasStatus(GatewayReply reply) =>
        reply.MediaType == "application/json" && Status(reply.Read(CliJsonContext.Default.JsonElement)) is not null;

    private static string? Status(JsonElement health) =>
        health.ValueKind == JsonValueKind.Object
        && health.TryGetProperty("status", out JsonElement status)
        && status.ValueKind == JsonValueKind.String
            ? status.GetString()
            : null;

    private static void Show(JsonElement document, Terminal terminal)
    {
        (string Path, JsonElement Value)[] fields = [.. Fields(document, "")];
        int width = fields.Max(field => Math.Max(field.Path.Length, NarrowestPaths));
        foreach ((string path, JsonElement value) in fields)
        {
            terminal.Line($"{path.PadRight(width)} {JsonText.Cell(value)}".TrimEnd(), Look(value));
        }
    }

    /// <summary>Each value that is neither an object nor a list, with the way to it.</summary>
    private static IEnumerable<(string Path, JsonElement Value)> Fields(JsonElement value, string path) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject()
                .SelectMany(field => Fields(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}")),
            JsonValueKind.Array => value.EnumerateArray()
                .SelectMany((item, index) => Fields(item, $"{path}[{index}]")),
            _ => [(path, value)],
        };

    private static Style? Look(JsonElement value) => JsonText.Cell(value) switch
    {
        "ok" => Styles.Added,
        "degraded" or "half_open" => Styles.Changed,
        "unavailable" or "open" => Styles.Removed,
        _ => null,
    };
}
