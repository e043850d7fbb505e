using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lightport.Usage;

/// <summary>
/// Keeps the web server's own lines about each request out of the log, whatever levels the settings ask for: they hold
/// whole addresses, and a Gemini client's address its key. The gateway's line of the request tells the rest.
/// </summary>
internal sealed class QuietAddresses : IPostConfigureOptions<LoggerFilterOptions>
{
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // A rule that names a provider of logs goes before those that name none, so each that is named gets its own.
        string?[] outputs = [null, .. options.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct()];
        foreach (string? output in outputs)
        {
            options.Rules.Add(new LoggerFilterRule(output, Category, LogLevel.Warning, null));
        }
    }
}
