using Microsoft.Extensions.Logging;

namespace Lightport.Telemetry;

/// <summary>Hands the process's log lines to the export, beside wherever else they go; levels are the host's.</summary>
internal sealed class OtlpLogs(OtlpExport export) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => export.Loggers.CreateLogger(categoryName);

    /// <summary>The export ends them, when the doors are shut.</summary>
    public void Dispose()
    {
    }
}
