using Microsoft.Extensions.Logging;

namespace Lightport.Configuration;

/// <summary>
/// The configuration out of a file. When the file has changed and settled, the new text is read whole: good, it is in
/// force with the next request; bad, the last good one stays, and <see cref="LastError"/> and the log say what is
/// wrong.
/// </summary>
public sealed class ConfigurationStore : IGatewayConfigurationSource, IDisposable
{
    private readonly Lock _reloading = new();
    private readonly Func<ConfigurationFile?> _find;
    private readonly ConfigurationReader _reader;
    private readonly TimeProvider _clock;
    private readonly ConfigurationInForce _state;
    private ConfigurationFile? _file;
    private SettledFile? _watch;
    private string? _text;

    private ConfigurationStore(
        Func<ConfigurationFile?> find,
        ConfigurationReader reader,
        TimeProvider clock,
        ILogger<ConfigurationStore> logger)
    {
        (_find, _reader, _clock, _state) = (find, reader, clock, new ConfigurationInForce(logger));
        _file = find();
        if (_file is null)
        {
            _state.Put(reader.BuiltIn());
            return;
        }

        FileReading text = _file.TryRead();
        _text = text.Text ?? throw new ConfigurationException(text.Error!);
        ConfigurationResult first = reader.Read(_text, _file.Path);
        _state.Put(first.Configuration ?? throw new ConfigurationException(first.Errors));
        _watch = new SettledFile(_file, clock, Take);
    }

    /// <summary>Never null: a store that has nothing to start with is not opened.</summary>
    public GatewayConfiguration InForce => _state.Current!;

    public GatewayConfiguration Current => InForce;

    /// <summary>The document in force; null with the built-in defaults.</summary>
    public string? Text => _text;

    /// <summary>Why the file as it is now is not in force; null where it is.</summary>
    public string? LastError => _state.LastError;

    /// <summary>
    /// Finds the file, as <see cref="ConfigurationFile.Find"/> does, and reads it; with none, the built-in defaults.
    /// </summary>
    /// <exception cref="ConfigurationException">The file is not there, cannot be read or is not valid.</exception>
    public static ConfigurationStore Open(
        string folder,
        ConfigurationReader reader,
        TimeProvider clock,
        ILogger<ConfigurationStore> logger) => new(
            () => ConfigurationFile.Find(reader.Environment.File, folder, reader.Environment.Managed),
            reader,
            clock,
            logger);

    /// <exception cref="ConfigurationException">The file cannot be read or is not valid.</exception>
    internal static ConfigurationStore Open(
        ConfigurationFile? file,
        ConfigurationReader reader,
        TimeProvider clock,
        ILogger<ConfigurationStore> logger) =>
        new(() => file, reader, clock, logger);

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
                _watch = new SettledFile(_file, _clock, Take);
            }

            if (_file is not null)
            {
                Take(_file.TryRead());
            }
        }
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _file?.Dispose();
    }

    private void Take(FileReading reading)
    {
        lock (_reloading)
        {
            if (reading.Text is not { } text)
            {
                _state.Refuse(reading.Error!);
            }
            else if (text == _text)
            {
                _state.Confirm();
            }
            else
            {
                Take(text, _reader.Read(text, _file!.Path, after: InForce));
            }
        }
    }

    private void Take(string text, ConfigurationResult result)
    {
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
