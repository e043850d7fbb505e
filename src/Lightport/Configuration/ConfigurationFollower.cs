using Lightport.Configuration.Entries;
using Lightport.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport.Configuration;

/// <summary>
/// Follows the versions that a store keeps: looks at its pointer every 10 s, loads a version when the pointer has
/// moved, and keeps the last good one while the store is away, a version is damaged, or it does not validate.
/// Until anything was applied, what lies beside the app, or the built-in defaults, is in force.
/// </summary>
public sealed class ConfigurationFollower : BackgroundService, IGatewayConfigurationSource
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);

    private readonly IConfigurationVersions _versions;
    private readonly EntryReader _reader;
    private readonly Func<GatewayConfiguration> _untilApplied;
    private readonly TimeProvider _clock;
    private readonly Func<double> _random;
    private readonly ConfigurationInForce _state;
    private readonly SemaphoreSlim _polling = new(1);
    private IReadOnlyList<ConfigurationEntry> _entries = [];
    private string? _version;

    /// <param name="untilApplied">The configuration while the store has none.</param>
    /// <param name="random">From 0 to 1; spreads the instances' looks.</param>
    public ConfigurationFollower(
        IConfigurationVersions versions,
        ConfigurationReader reader,
        Func<GatewayConfiguration> untilApplied,
        TimeProvider clock,
        Func<double> random,
        ILogger<ConfigurationFollower> logger)
    {
        (_versions, _reader, _untilApplied) = (versions, new EntryReader(reader), untilApplied);
        (_clock, _random, _state) = (clock, random, new ConfigurationInForce(logger));
    }

    public GatewayConfiguration? InForce => _state.Current;

    public string? LastError => _state.LastError;

    /// <summary>The host opens its doors after the first look, whatever came of it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        await _polling.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FollowAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            _state.Refuse(e.Message);
        }
        finally
        {
            _polling.Release();
        }
    }

    public override void Dispose()
    {
        _polling.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                TimeSpan interval = InForce is null ? FirstInterval : Interval;
                await Task.Delay(interval * (0.8 + (0.4 * _random())), _clock, stoppingToken).ConfigureAwait(false);
                await RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async ValueTask FollowAsync(CancellationToken cancellationToken)
    {
        ConfigurationPointer? pointer =
            await _versions.FindPointerAsync(cancellationToken).ConfigureAwait(false);
        if (pointer is null)
        {
            await FollowNothingAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        if (pointer.Version == _version)
        {
            _state.Confirm();
            return;
        }

        ConfigurationContent? content =
            await _versions.ReadAsync(pointer.Version, cancellationToken).ConfigureAwait(false);
        if (content is null)
        {
            _state.Refuse($"The version {pointer.Version} that {pointer.Author} put in force is not there. Roll back "
                + "to one that is, or apply the document again.");
            return;
        }

        Take(pointer.Version, content);
    }

    private void Take(string version, ConfigurationContent content)
    {
        EntryReading reading = _reader.Read(content.Entries, version, $"version {version}", _entries);
        string? problems = reading.Problems.Count == 0 ? null
            : $"version {version}: {string.Join('\n', reading.Problems)}";
        if (reading.Usable)
        {
            (_entries, _version) = (reading.Accepted, version);
            _state.Put(reading.Configuration, problems);
        }
        else
        {
            _state.Refuse(problems ?? $"version {version} cannot be read.");
        }
    }

    /// <summary>
    /// A pointer that is gone after it was there is an accident: what is in force stays, and where nothing is, nothing
    /// is made up.
    /// </summary>
    private async ValueTask FollowNothingAsync(CancellationToken cancellationToken)
    {
        if (_version is null && InForce is not null)
        {
            return;
        }

        if (_version is not null || await _versions.WasConfiguredAsync(cancellationToken).ConfigureAwait(false))
        {
            _state.Refuse("The pointer to the version in force is gone, though there was one. Apply the document "
                + "again, or restore its table.");
        }
        else
        {
            _state.Put(_untilApplied());
        }
    }
}
