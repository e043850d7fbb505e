using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Lightport.Telemetry;

/// <summary>
/// Keeps the metrics of this process for whoever asks for them in Prometheus' text format, or in OpenMetrics'. The
/// exporter is OpenTelemetry's own; it is asked by hand, so that every host has it the same.
/// </summary>
/// <seealso href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>
internal sealed class PrometheusExport : IDisposable
{
    private readonly MeterProvider _provider;
    private readonly RequestDelegate _answer;

    /// <param name="services">The host's.</param>
    public PrometheusExport(IServiceProvider services)
    {
        // Each scrape reads the instruments anew: whoever asks twice within a moment is no reason for an old answer.
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(TelemetryResource.Describe)
            .AddMeter(GatewayTelemetry.Name)
            .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0)
            .Build();
        var pipeline = new ApplicationBuilder(services);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(
            _provider, static _ => true, path: null, configureBranchedPipeline: null, optionsName: null);
        _answer = pipeline.Build();
    }

    public Task AnswerAsync(HttpContext context) => _answer(context);

    public void Dispose() => _provider.Dispose();
}
