using Lightport.Providers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Lightport.Configuration;

/// <summary>
/// Holds the configuration in force. When its file changes, the new text is read whole: good, it is in force with the
/// next request; bad, the last good one stays, and <see cref="LastError"/> and the log say what is wrong.
/// </summary>
public sealed class ConfigurationStore : IGatewayConfigurationSource, IDisposable
{
    private readonly Lock _reloading = new();
    private readonly ConfigurationFile? _file;
    private readonly Func<string, ConfigurationResult> _load;
    private readonly ILogger<ConfigurationStore> _logger;
    private readonly IDisposable? _watch;
    private volatile GatewayConfiguration _current;
    private volatile string? _lastError;
    private string _text;

    private ConfigurationStore(
        ConfigurationFile? file,
        string text,
        GatewayConfiguration first,
        Func<string, ConfigurationResult> load,
        ILogger<ConfigurationStore> logger)
    {
        (_file, _text, _current, _load, _logger) = (file, text, first, load, logger);
        Report(first);
        _watch = file is null ? null : ChangeToken.OnChange(file.Watch, Reload);

        // Whatever changed between the first reading and the watch would else wait for the next change.
        Reload();
    }

    /// <summary>Read it once a request, so that a request sees one version.</summary>
    public GatewayConfiguration Current => _current;

    /// <summary>Why the file as it is now is not in force; null where it is.</summary>
    public string? LastError => _lastError;

    /// <summary>
    /// A last word on a changed configuration: a reason to refuse it, or null. The host sets it once it knows where it
    /// listens, so that a reload cannot open a public address to everyone.
    /// </summary>
    public Func<GatewayConfiguration, string?>? Refusal { get; set; }

    /// <summary>
    /// Finds the file, as <see cref="ConfigurationFile.Find"/> does, and reads it; with none, the built-in defaults.
    /// </summary>
    /// <exception cref="ConfigurationException">The file is not there, cannot be read or is not valid.</exception>
    public static ConfigurationStore Open(
        ConfigurationEnvironment environment,
        string folder,
        ProviderCatalog catalog,
        ILogger<ConfigurationStore> logger) =>
        Open(ConfigurationFile.Find(environment.File, folder), environment, catalog, logger);

    /// <exception cref="ConfigurationException">The file cannot be read or is not valid.</exception>
    internal static ConfigurationStore Open(
        ConfigurationFile? file,
        ConfigurationEnvironment environment,
        ProviderCatalog catalog,
        ILogger<ConfigurationStore> logger)
    {
        if (file is null)
        {
            GatewayConfiguration builtIn =
                ConfigurationLoader.BuiltIn(catalog, environment.Names, environment.ClientKey);
            return new ConfigurationStore(null, "", builtIn, Load, logger);
        }

        string text = TryRead(file, out string? error) ?? throw new ConfigurationException(error!);
        ConfigurationResult result = Load(text);
        return result.Valid
            ? new ConfigurationStore(file, text, result.Configuration, Load, logger)
            : throw new ConfigurationException(result.Errors);

        ConfigurationResult Load(string changed) => ConfigurationLoader.Load(
            changed, file?.Path ?? ConfigurationFile.DefaultName, catalog, environment.Names, environment.ClientKey);
    }

    /// <summary>Reads the file again now.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            if (_file is null)
            {
                return;
            }

            if (TryRead(_file, out string? error) is not { } text)
            {
                Refuse(error!);
                return;
            }

            if (text == _text)
            {
                _lastError = null;
                return;
            }

            ConfigurationResult result = _load(text);
            if (!result.Valid)
            {
                Refuse(string.Join('\n', result.Errors));
            }
            else if (Refusal?.Invoke(result.Configuration) is { } reason)
            {
                Refuse(reason);
            }
            else
            {
                (_text, _current, _lastError) = (text, result.Configuration, null);
                Report(result.Configuration);
            }
        }
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _file?.Dispose();
    }

    private static string? TryRead(ConfigurationFile file, out string? error)
    {
        try
        {
            error = null;
            return file.Read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = exception.Message;
            return null;
        }
    }

    private void Refuse(string reasons)
    {
        _lastError = reasons;
        _logger.Refused(_current.Routing.Version, reasons);
    }

    private void Report(GatewayConfiguration configuration)
    {
        _logger.InForce(configuration.Routing.Version, configuration.Source);
        foreach (string warning in configuration.Warnings)
        {
            _logger.Doubtful(warning);
        }
    }
}
