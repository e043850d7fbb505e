using Lightport.Configuration;
using Lightport.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lightport;

/// <summary>
/// Lets traces and metrics leave the process. A host of its own calls it; an app that the gateway is embedded in has a
/// pipeline already, and listens to the source and the meter <see cref="GatewayTelemetry.Name"/> there.
/// </summary>
public static class GatewayTelemetryServices
{
    /// <summary>Adds nothing, and costs nothing, unless OTEL_EXPORTER_OTLP_ENDPOINT or one of its kin is set.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="settings">The environment, by OpenTelemetry's own names.</param>
    /// <param name="lastWords">
    /// How long the end of the process may wait for a receiver that is slow: less than whoever ends the process waits
    /// for it. What is not taken by then is lost.
    /// </param>
    public static IServiceCollection AddLightportTelemetry(
        this IServiceCollection services, IConfiguration settings, TimeSpan lastWords) =>
        OtlpSettings.In(settings) is { } export
            ? services.AddSingleton<IHostedService>(_ => Create(export, settings, lastWords))
            : services;

    /// <exception cref="ConfigurationException">A setting is no address; the host does not start.</exception>
    private static OtlpExport Create(OtlpSettings export, IConfiguration settings, TimeSpan lastWords) =>
        OtlpSettings.Refusal(settings) is { } refusal
            ? throw new ConfigurationException(refusal)
            : new OtlpExport(export, settings, lastWords);
}
