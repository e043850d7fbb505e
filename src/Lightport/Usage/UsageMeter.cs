using Microsoft.Extensions.Logging;

namespace Lightport.Usage;

/// <summary>Tells each finished request to the log and to whoever keeps usage.</summary>
internal sealed class UsageMeter(ILogger<UsageMeter> logger, IEnumerable<IUsageSink> sinks)
{
    private readonly IUsageSink[] _sinks = [.. sinks];

    public void Record(UsageRecord record)
    {
        GatewayLog.Recorded(logger, record);
        Count(record);
    }

    /// <summary>Tells whoever keeps usage alone: of what no client asked for.</summary>
    public void Count(UsageRecord record)
    {
        foreach (IUsageSink sink in _sinks)
        {
            sink.Add(record);
        }
    }
}
