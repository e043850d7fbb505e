using Microsoft.Extensions.Configuration;

namespace Lightport.Telemetry;

/// <summary>What is to leave the process, by OpenTelemetry's own settings.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/"/>
internal sealed record OtlpSettings(bool Traces, bool Metrics, bool Logs)
{
    private const string All = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesAlone = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsAlone = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string LogsAlone = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
    private const string TracesBy = "OTEL_TRACES_EXPORTER";
    private const string MetricsBy = "OTEL_METRICS_EXPORTER";
    private const string LogsBy = "OTEL_LOGS_EXPORTER";
    private const string Propagators = "OTEL_PROPAGATORS";

    /// <summary>Null where nothing is to leave.</summary>
    public static OtlpSettings? In(IConfiguration settings)
    {
        bool all = IsSet(settings, All);
        bool Leaves(string alone, string by) => (all || IsSet(settings, alone)) && !IsNone(settings, by);
        var found = new OtlpSettings(
            Leaves(TracesAlone, TracesBy), Leaves(MetricsAlone, MetricsBy), Leaves(LogsAlone, LogsBy));
        return found is { Traces: false, Metrics: false, Logs: false } ? null : found;
    }

    /// <summary>Whether traces come in from clients and go on to providers: where nobody said otherwise.</summary>
    public static bool Propagates(IConfiguration settings) => !IsNone(settings, Propagators);

    /// <summary>Which setting is no address, for which the exporter would take another in silence; or null.</summary>
    public static string? Refusal(IConfiguration settings)
    {
        foreach (string setting in (ReadOnlySpan<string>)[All, TracesAlone, MetricsAlone, LogsAlone])
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

    private static bool IsNone(IConfiguration settings, string setting) =>
        string.Equals(settings[setting], "none", StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
