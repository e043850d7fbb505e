using Lightport.Configuration;
using Lightport.Usage;
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
    public static IServiceCollection AddLightportTelemetry(this IServiceCollection services, IConfiguration settings) =>
        OtlpSettings.In(settings) is { } export
            ? services.AddSingleton<IHostedService>(_ => Create(export, settings))
            : services;

    /// <exception cref="ConfigurationException">A setting is no address; the host does not start.</exception>
    private static OtlpExport Create(OtlpSettings export, IConfiguration settings) =>
        OtlpSettings.Refusal(settings) is { } refusal
            ? throw new ConfigurationException(refusal)
            : new OtlpExport(export, settings);
}
