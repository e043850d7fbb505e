using Microsoft.Extensions.Logging;

namespace Lightport.Audit;

/// <summary>Opens the place that the settings name, as far as this host has it.</summary>
/// <param name="ownsFiles">Whether files of this machine outlive the process.</param>
/// <param name="exported">Makes loggers whose lines leave by OTLP; null where they do not.</param>
internal sealed class AuditSinks(bool ownsFiles, Func<ILoggerFactory?> exported)
{
    /// <exception cref="IOException">It cannot be opened; the message says what to do.</exception>
    public IAuditSink Open(AuditSettings settings) => settings.To switch
    {
        AuditPlace.File when ownsFiles => new FileAuditSink(settings.Folder),
        AuditPlace.File => throw new IOException(
            "Here files go with their instance. Set audit.to to otlp, and name a receiver of log records."),
        _ => exported() is { } loggers
            ? new OtlpAuditSink(loggers.CreateLogger(OtlpAuditSink.Category))
            : throw new IOException("audit.to is otlp, and no receiver is named: set OTEL_EXPORTER_OTLP_ENDPOINT."),
    };
}
