namespace Lightport.Audit;

/// <summary>Where audit records go.</summary>
internal enum AuditPlace
{
    Nowhere,

    /// <summary>Files of this machine, a line each.</summary>
    File,

    /// <summary>Append blobs of an Azure storage account.</summary>
    Blob,

    /// <summary>OpenTelemetry's log records, for whoever collects them.</summary>
    Otlp,
}
