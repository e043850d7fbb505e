using Microsoft.Extensions.Configuration;

namespace Lightport.EndToEnd.Gateway;

/// <summary>What the suite is run against. With nothing set it starts the built Server.</summary>
internal static class GatewaySettings
{
    private static readonly IConfiguration Settings =
        new ConfigurationBuilder().AddEnvironmentVariables("LIGHTPORT_E2E_").Build();

    /// <summary>Where a gateway runs already, set up as <see cref="GatewayConfiguration"/> has it.</summary>
    public static string? Url => Settings["URL"];

    /// <summary>
    /// A shell command that starts a gateway; <c>{url}</c> and <c>{config}</c> stand for where to listen and the YAML
    /// file, which are also in its environment as ASPNETCORE_URLS and LIGHTPORT_CONFIG.
    /// </summary>
    public static string? Command => Settings["COMMAND"];

    /// <summary>Where the fake providers listen, for a gateway whose configuration is written beforehand.</summary>
    public static string UpstreamUrl => Settings["UPSTREAM_URL"] ?? "http://127.0.0.1:0";
}
