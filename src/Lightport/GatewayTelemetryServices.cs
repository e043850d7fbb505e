using Lightport.Configuration;
using Lightport.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport;

/// <summary>
/// Lets traces, metrics and log lines leave the process. A host of its own calls it; an app that the gateway is
/// embedded in has a pipeline already, and listens there to the source and the meter
/// <see cref="GatewayTelemetry.Name"/>.
/// </summary>
public static class GatewayTelemetryServices
{
    /// <summary>Whether <c>GET /metrics</c> answers: <c>on</c> or <c>off</c>, which is the default.</summary>
    internal const string ScrapingSetting = "LIGHTPORT_METRICS";

    /// <summary>Adds nothing, and costs nothing, unless OTEL_EXPORTER_OTLP_ENDPOINT or one of its kin is set.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="settings">The environment, by OpenTelemetry's own names.</param>
    /// <param name="lastWords">
    /// How long the end of the process may wait for a receiver that is slow: less than whoever ends the process waits
    /// for it. What is not taken by then is lost.
    /// </param>
    public static IServiceCollection AddLightportTelemetry(
        this IServiceCollection services, IConfiguration settings, TimeSpan lastWords) =>
        OtlpSettings.In(settings) is { } export ? services.AddExport(export, settings, lastWords) : services;

    /// <summary>Keeps metrics for whoever asks for them at <c>/metrics</c>, where that is switched on.</summary>
    /// <exception cref="ConfigurationException">The setting is neither on nor off.</exception>
    internal static IServiceCollection AddScraping(this IServiceCollection services, IConfiguration settings)
    {
        switch (settings[ScrapingSetting])
        {
            case "on":
                services.TryAddSingleton(provider => new PrometheusExport(provider));
                return services;
            case null or "" or "off":
                return services;
            default:
                throw new ConfigurationException($"{ScrapingSetting} must be on or off.");
        }
    }

    private static IServiceCollection AddExport(
        this IServiceCollection services, OtlpSettings export, IConfiguration settings, TimeSpan lastWords)
    {
        services.AddSingleton(_ => Create(export, settings, lastWords));

        // What is first is stopped last: the last words of all others leave too.
        services.Insert(
            0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<OtlpExport>()));
        if (export.Logs)
        {
            services.AddSingleton<ILoggerProvider>(
                provider => new OtlpLogs(provider.GetRequiredService<OtlpExport>()));
        }

        return services;
    }

    /// <exception cref="ConfigurationException">A setting is no address; the host does not start.</exception>
    private static OtlpExport Create(OtlpSettings export, IConfiguration settings, TimeSpan lastWords) =>
        OtlpSettings.Refusal(settings) is { } refusal
            ? throw new ConfigurationException(refusal)
            : new OtlpExport(export, settings, lastWords);
}
