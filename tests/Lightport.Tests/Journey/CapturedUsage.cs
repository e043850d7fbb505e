using Lightport.Usage;

namespace Lightport.Tests.Journey;

internal sealed class CapturedUsage : IUsageSink
{
    public List<UsageRecord> Records { get; } = [];

    public void Add(UsageRecord record) => Records.Add(record);
}
