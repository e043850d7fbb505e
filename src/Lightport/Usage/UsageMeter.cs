using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Lightport.Usage;

/// <summary>Tells each finished request to the log, to the metrics and to whoever keeps usage.</summary>
internal sealed class UsageMeter(ILogger<UsageMeter> logger, GatewayTelemetry telemetry, IEnumerable<IUsageSink> sinks)
{
    private readonly IUsageSink[] _sinks = [.. sinks];

    /// <param name="activity">The request's span; null while nobody listens.</param>
    public void Record(UsageRecord record, Activity? activity)
    {
        telemetry.Record(record, activity);
        GatewayLog.Recorded(logger, record);
        foreach (IUsageSink sink in _sinks)
        {
            sink.Add(record);
        }
    }
}
