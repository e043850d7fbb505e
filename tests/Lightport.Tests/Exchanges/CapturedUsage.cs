using Lightport.Usage;

namespace Lightport.Tests.Exchanges;

internal sealed class CapturedUsage : IUsageSink
{
    public List<UsageRecord> Records { get; } = [];

    public void Add(UsageRecord record) => Records.Add(record);
}
