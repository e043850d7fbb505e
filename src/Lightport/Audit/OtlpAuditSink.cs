using System.Text;
using Microsoft.Extensions.Logging;

namespace Lightport.Audit;

/// <summary>
/// Hands each record to OpenTelemetry's export as a log record, whose body is the line. What its receiver does not take
/// is lost there, and the chain shows it.
/// </summary>
internal sealed partial class OtlpAuditSink(ILogger logger) : IAuditSink
{
    /// <summary>The category of the log records.</summary>
    public const string Category = "Lightport.Audit";

    public string? LastHash => null;

    public void Write(ReadOnlySpan<byte> lines)
    {
        foreach (Range line in lines.Split((byte)'\n'))
        {
            if (!lines[line].IsEmpty)
            {
                Audited(logger, Encoding.UTF8.GetString(lines[line]));
            }
        }
    }

    public void Dispose()
    {
    }

    [LoggerMessage(701, LogLevel.Information, "{Record}")]
    private static partial void Audited(ILogger logger, string record);
}
