using System.Globalization;
using System.Text.Json;
using Lightport.Routing;
using Microsoft.Extensions.Configuration;

namespace Lightport.Functions;

/// <summary>
/// How long the host lets a function run. When that is over it restarts the worker, with every other request in it: so
/// no route may take as long.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-functions/functions-host-json#functiontimeout"/>
public static class FunctionTimeout
{
    /// <summary>The app setting by which the host takes it over from <c>host.json</c>.</summary>
    private const string Setting = "AzureFunctionsJobHost:functionTimeout";

    private const string FileName = "host.json";

    private static readonly JsonDocumentOptions LikeTheHost = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>What a route's end takes to be told, before the host's.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    /// <summary>Null where none is set, or it is without an end.</summary>
    public static TimeSpan? Find(IConfiguration settings) => Find(settings, AppContext.BaseDirectory);

    internal static TimeSpan? Find(IConfiguration settings, string folder)
    {
        string? text = settings[Setting] is { Length: > 0 } set ? set : InFile(Path.Combine(folder, FileName));
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) && time > TimeSpan.Zero
            ? time
            : null;
    }

    /// <summary>
    /// Why routes cannot be served; null where they can. A total that nobody wrote is not looked at: nobody could mend
    /// it, and whatever takes too long still ends with an error.
    /// </summary>
    internal static string? Refusal(RoutingTable routing, TimeSpan? functionTimeout)
    {
        if (functionTimeout is not { } most)
        {
            return null;
        }

        Route? over = routing.Models.Values
            .Concat(routing.Wildcards.Select(wildcard => wildcard.Template))
            .FirstOrDefault(route => route.Timeouts.Total != StageTimeouts.Default.Total
                && route.Timeouts.Total > most - LastWords);
        return over is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"timeout.total of '{over.Name}' is {over.Timeouts.Total}, and the function app ends every request after "
            + $"{most} (functionTimeout in host.json): set it to {most - LastWords} or less.");
    }

    private static string? InFile(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var host = JsonDocument.Parse(File.ReadAllText(path), LikeTheHost);
        return host.RootElement.TryGetProperty("functionTimeout", out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
