using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Lightport.Configuration;

/// <summary>
/// The configuration out of a file. When the file changes, the new text is read whole: good, it is in force with the
/// next request; bad, the last good one stays, and <see cref="LastError"/> and the log say what is wrong.
/// </summary>
public sealed class ConfigurationStore : IGatewayConfigurationSource, IDisposable
{
    private readonly Lock _reloading = new();
    private readonly Func<ConfigurationFile?> _find;
    private readonly ConfigurationReader _reader;
    private readonly ConfigurationInForce _state;
    private ConfigurationFile? _file;
    private IDisposable? _watch;
    private string? _text;

    private ConfigurationStore(
        Func<ConfigurationFile?> find,
        ConfigurationReader reader,
        ILogger<ConfigurationStore> logger)
    {
        (_find, _reader, _state) = (find, reader, new ConfigurationInForce(logger));
        _file = find();
        if (_file is null)
        {
            _state.Put(reader.BuiltIn());
            return;
        }

        _text = TryRead(_file, out string? error) ?? throw new ConfigurationException(error!);
        ConfigurationResult first = reader.Read(_text, _file.Path);
        _state.Put(first.Configuration ?? throw new ConfigurationException(first.Errors));
        Watch();
    }

    /// <summary>Never null: a store that has nothing to start with is not opened.</summary>
    public GatewayConfiguration InForce => _state.Current!;

    public GatewayConfiguration Current => InForce;

    /// <summary>Why the file as it is now is not in force; null where it is.</summary>
    public string? LastError => _state.LastError;

    /// <summary>
    /// Finds the file, as <see cref="ConfigurationFile.Find"/> does, and reads it; with none, the built-in defaults.
    /// </summary>
    /// <exception cref="ConfigurationException">The file is not there, cannot be read or is not valid.</exception>
    public static ConfigurationStore Open(
        string folder,
        ConfigurationReader reader,
        ILogger<ConfigurationStore> logger) =>
        new(() => ConfigurationFile.Find(reader.Environment.File, folder, reader.Environment.Managed), reader, logger);

    /// <exception cref="ConfigurationException">The file cannot be read or is not valid.</exception>
    internal static ConfigurationStore Open(
        ConfigurationFile? file,
        ConfigurationReader reader,
        ILogger<ConfigurationStore> logger) =>
        new(() => file, reader, logger);

    public ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        Reload();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads the file again now; one that was not there at the start may be there by now.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            if (_file is null && (_file = _find()) is not null)
            {
                Watch();
                return;
            }

            if (_file is null)
            {
                return;
            }

            if (TryRead(_file, out string? error) is not { } text)
            {
                _state.Refuse(error!);
                return;
            }

            if (text == _text)
            {
                _state.Confirm();
                return;
            }

            ConfigurationResult result = _reader.Read(text, _file.Path);
            if (result.Valid)
            {
                _text = text;
                _state.Put(result.Configuration);
            }
            else
            {
                _state.Refuse(string.Join('\n', result.Errors));
            }
        }
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _file?.Dispose();
    }

    /// <summary>Whatever changed between the first reading and the watch would else wait for the next change.</summary>
    private void Watch()
    {
        _watch = ChangeToken.OnChange(_file!.Watch, Reload);
        Reload();
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
}
