using Lightport.Usage;

namespace Lightport.Tests.Exchanges;

internal sealed class CapturedUsage : IUsageSink
{
    private readonly SemaphoreSlim _added = new(0);

    public List<UsageRecord> Records { get; } = [];

    /// <summary>Ends when the next record has come.</summary>
    public Task AddedAsync() => _added.WaitAsync();

    public UsageRecord? Find(string key)
    {
        lock (Records)
        {
            return Records.Find(record => record.Key == key);
        }
    }

    public void Add(UsageRecord record)
    {
        lock (Records)
        {
            Records.Add(record);
        }

        _added.Release();
    }
}
