using Microsoft.Extensions.Logging;

namespace Lightport.Usage;

/// <summary>Tells each finished request to the log, to the metrics and to whoever keeps usage.</summary>
public sealed class UsageMeter(ILogger<UsageMeter> logger, GatewayTelemetry telemetry, IEnumerable<IUsageSink> sinks)
{
    private readonly IUsageSink[] _sinks = [.. sinks];

    public void Record(UsageRecord record)
    {
        telemetry.Record(record);
        GatewayLog.Recorded(logger, record);
        foreach (IUsageSink sink in _sinks)
        {
            sink.Add(record);
        }
    }
}
