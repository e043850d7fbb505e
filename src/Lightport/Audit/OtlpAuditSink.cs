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

    public string? MissingHash => null;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, string lastHash, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> all = lines.Span;
        foreach (Range line in all.Split((byte)'\n'))
        {
            if (!all[line].IsEmpty)
            {
                Audited(logger, Encoding.UTF8.GetString(all[line]));
            }
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }

    [LoggerMessage(701, LogLevel.Information, "{Record}")]
    private static partial void Audited(ILogger logger, string record);
}
