using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Lightport.Telemetry;

/// <summary>
/// Sends the gateway's traces, metrics and log lines by OTLP while the process runs, and what is left of them at its
/// end. What the receiver does not take is lost, and nobody waits for it.
/// </summary>
internal sealed class OtlpExport : IHostedLifecycleService, IDisposable
{
    private readonly OtlpSettings _export;
    private readonly IConfiguration _settings;
    private readonly TimeSpan _lastWords;
    private readonly Lazy<OpenTelemetrySdk> _sdk;

    /// <param name="export">Which signals leave.</param>
    /// <param name="settings">Where to, by OpenTelemetry's own names.</param>
    /// <param name="lastWords">How long the end of the process may wait for the receiver.</param>
    public OtlpExport(OtlpSettings export, IConfiguration settings, TimeSpan lastWords)
    {
        (_export, _settings, _lastWords) = (export, settings, lastWords);
        _sdk = new Lazy<OpenTelemetrySdk>(() => OpenTelemetrySdk.Create(Describe));
    }

    /// <summary>Whether log records leave.</summary>
    public bool HasLogs => _export.Logs;

    /// <summary>Makes loggers whose lines leave.</summary>
    public ILoggerFactory Loggers => _sdk.Value.GetLoggerFactory();

    /// <summary>Before the doors open, so that the first request is told of too.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = _sdk.Value;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When the doors are shut: the last requests are told of too.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        OpenTelemetrySdk sdk = _sdk.Value;
        int patience = (int)_lastWords.TotalMilliseconds;
        return Task.WhenAll(
            Task.Run(() => sdk.TracerProvider.Shutdown(patience), cancellationToken),
            Task.Run(() => sdk.MeterProvider.Shutdown(patience), cancellationToken),
            Task.Run(() => sdk.LoggerProvider.Shutdown(patience), cancellationToken));
    }

    public void Dispose()
    {
        if (_sdk.IsValueCreated)
        {
            _sdk.Value.Dispose();
        }
    }

    private void Describe(IOpenTelemetryBuilder builder)
    {
        builder.Services.AddSingleton(_settings);
        builder.ConfigureResource(TelemetryResource.Describe);
        if (_export.Traces)
        {
            builder.WithTracing(traces => traces.AddSource(GatewayTelemetry.Name));
        }

        if (_export.Metrics)
        {
            builder.WithMetrics(metrics => metrics.AddMeter(GatewayTelemetry.Name));
        }

        if (_export.Logs)
        {
            // Levels are judged before a line comes here, by the settings of the host.
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
            builder.WithLogging(configureBuilder: null, lines => lines.IncludeFormattedMessage = true);
        }

        // To wherever it is told; a signal that nothing was added to above has nothing to send.
        builder.UseOtlpExporter();
    }
}
