using Lightport.Prices;
using Microsoft.Extensions.Configuration;

namespace Lightport.Configuration;

/// <summary>What the surroundings say: environment, command line, user secrets, local settings.</summary>
/// <param name="Names">The settings that have a value; case does not count.</param>
/// <param name="ClientKey">
/// The value of <c>LIGHTPORT_KEY</c>, without the line end that files and shells leave; null for none.
/// </param>
/// <param name="File">The configuration file that was named: <c>--config</c>, else <c>LIGHTPORT_CONFIG</c>.</param>
public sealed record ConfigurationEnvironment(IReadOnlySet<string> Names, string? ClientKey, string? File)
{
    /// <summary>
    /// Client keys are made while the gateway runs, so that it asks for one unless its configuration says otherwise.
    /// </summary>
    public bool Managed { get; init; }

    /// <summary>Secrets are in a vault: that none of a name is set here says nothing.</summary>
    public bool SecretsElsewhere { get; init; }

    /// <summary>
    /// Programs may be started here and run on: not where a host comes and goes, as on Azure Functions.
    /// </summary>
    public bool RunsPrograms { get; init; } = true;

    /// <summary>Files that are written here outlive the process: not where an instance's disk goes with it.</summary>
    public bool KeepsFiles { get; init; } = true;

    /// <summary>
    /// Whether the gateway has an identity of that name (<c>entra</c>) to show to providers; any is taken to be there
    /// where a document is checked elsewhere than it will serve.
    /// </summary>
    public Func<string, bool> HasIdentity { get; init; } = static _ => true;

    /// <summary>
    /// The folder that files of context lie in; null where a document is checked elsewhere than it will serve, so that
    /// its files are not looked for.
    /// </summary>
    public string? ContextFolder { get; init; }

    /// <summary>What models cost here; asked for only where a document wants it known.</summary>
    internal Func<PriceBook> Prices { get; init; } = static () => new PriceBook();

    public static ConfigurationEnvironment From(IConfiguration configuration)
    {
        IEnumerable<string> names = configuration.AsEnumerable()
            .Where(setting => !string.IsNullOrEmpty(setting.Value))
            .Select(setting => setting.Key);
        return new ConfigurationEnvironment(
            names.ToHashSet(StringComparer.OrdinalIgnoreCase),
            configuration["LIGHTPORT_KEY"]?.Trim(),
            configuration["config"] ?? configuration["LIGHTPORT_CONFIG"])
        {
            ContextFolder = configuration["LIGHTPORT_CONTEXT"] is { Length: > 0 } named
                ? named
                : Directory.GetCurrentDirectory(),
        };
    }

    /// <summary>A record would print the key.</summary>
    public override string ToString() => $"{Names.Count} settings, file {File ?? "not named"}";
}
