using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Lightport.Telemetry;

/// <summary>
/// Sends the gateway's traces and metrics by OTLP while the process runs, and what is left of them at its end. What
/// the receiver does not take is lost, and nobody waits for it.
/// </summary>
/// <param name="export">Which signals leave.</param>
/// <param name="settings">Where to, by OpenTelemetry's own names.</param>
/// <param name="lastWords">How long the end of the process may wait for the receiver.</param>
internal sealed class OtlpExport(OtlpSettings export, IConfiguration settings, TimeSpan lastWords)
    : IHostedLifecycleService, IDisposable
{
    private OpenTelemetrySdk? _sdk;

    /// <summary>Before the doors open, so that the first request is told of too.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _sdk = OpenTelemetrySdk.Create(Describe);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When the doors are shut: the last requests are told of too.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _sdk?.TracerProvider.Shutdown((int)lastWords.TotalMilliseconds), cancellationToken),
        Task.Run(() => _sdk?.MeterProvider.Shutdown((int)lastWords.TotalMilliseconds), cancellationToken));

    public void Dispose() => _sdk?.Dispose();

    private void Describe(IOpenTelemetryBuilder builder)
    {
        builder.Services.AddSingleton(settings);
        builder.ConfigureResource(Describe);
        if (export.Traces)
        {
            builder.WithTracing(traces => traces.AddSource(GatewayTelemetry.Name));
        }

        if (export.Metrics)
        {
            builder.WithMetrics(metrics => metrics.AddMeter(GatewayTelemetry.Name));
        }

        // To wherever it is told; a signal that nothing was added to above has nothing to send.
        builder.UseOtlpExporter();
    }

    /// <summary>Whatever OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last, and wins.</summary>
    private static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService("lightport", serviceVersion: Version)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static string? Version =>
        typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
