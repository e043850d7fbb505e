using Microsoft.Extensions.Configuration;

namespace Lightport.Telemetry;

/// <summary>What is to leave the process, by OpenTelemetry's own settings.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>
internal sealed record OtlpSettings(bool Traces, bool Metrics)
{
    private const string Both = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesAlone = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsAlone = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";

    /// <summary>Null where nothing is to leave.</summary>
    public static OtlpSettings? In(IConfiguration settings)
    {
        bool both = IsSet(settings, Both);
        var found = new OtlpSettings(both || IsSet(settings, TracesAlone), both || IsSet(settings, MetricsAlone));
        return found.Traces || found.Metrics ? found : null;
    }

    /// <summary>Which setting is no address, for which the exporter would take another in silence; or null.</summary>
    public static string? Refusal(IConfiguration settings)
    {
        foreach (string setting in (ReadOnlySpan<string>)[Both, TracesAlone, MetricsAlone])
        {
            if (IsSet(settings, setting) && !IsAddress(settings[setting]))
            {
                return $"{setting} is no http or https address. Set it to the receiver's, as in "
                    + "http://localhost:4318, or remove it.";
            }
        }

        return null;
    }

    private static bool IsSet(IConfiguration settings, string setting) => !string.IsNullOrEmpty(settings[setting]);

    private static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
