namespace Lightport.Audit;

/// <summary>Why a place for records can never be written to as the gateway was started, and what to do.</summary>
internal static class AuditAdvice
{
    public const string FilesGo =
        "Here files go with their instance. Set audit.to to blob, or to otlp and name a receiver of log records.";

    public const string NoAccount =
        "audit.to is blob, and no storage account is named: set Blobs__Uri where the gateway runs on Azure.";

    public const string NoReceiver = "audit.to is otlp, and no receiver is named: set OTEL_EXPORTER_OTLP_ENDPOINT.";
}
