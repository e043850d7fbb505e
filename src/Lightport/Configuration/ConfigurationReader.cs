using Lightport.Providers;

namespace Lightport.Configuration;

/// <summary>Reads documents for this installation: its providers, its settings, and its host's last word.</summary>
public sealed class ConfigurationReader(
    ProviderCatalog catalog,
    ConfigurationEnvironment environment,
    ConfigurationGuard guard)
{
    public ConfigurationEnvironment Environment => environment;

    /// <summary>Never throws, whatever the text.</summary>
    /// <param name="source">How errors name it.</param>
    /// <param name="version">What to call it; null for a name made of the text.</param>
    /// <param name="after">What it is to take the place of; null at a start.</param>
    public ConfigurationResult Read(
        string text,
        string source,
        string? version = null,
        GatewayConfiguration? after = null)
    {
        ConfigurationResult result = ReadAlone(text, source, version);
        return result.Valid && Refusal(result.Configuration, after) is { } refusal
            ? new ConfigurationResult([new ConfigurationError(source, 1, 1, refusal)])
            : result;
    }

    /// <summary>The same without the host's last word.</summary>
    internal ConfigurationResult ReadAlone(string text, string source, string? version) =>
        ConfigurationLoader.Load(text, source, catalog, environment, version);

    /// <summary>The host's last word, which is on a document as a whole and on no line of it; null where it has none.
    /// </summary>
    internal string? HostRefusal(GatewayConfiguration read) => guard.Refusal(read);

    /// <summary>What there is without a document.</summary>
    public GatewayConfiguration BuiltIn() => ConfigurationLoader.BuiltIn(catalog, environment);

    private string? Refusal(GatewayConfiguration read, GatewayConfiguration? after) =>
        HostRefusal(read) ?? (after is null ? null : read.Admission.RefusalAfter(after.Admission));
}
