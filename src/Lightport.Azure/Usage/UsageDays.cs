using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Usage;

/// <summary>Days, both ends among them, as partitions spell them.</summary>
internal readonly record struct UsageDays(DateOnly From, DateOnly To)
{
    /// <param name="key">A key's id as partitions spell it (<see cref="RowKey"/>).</param>
    public string FilterOf(string key)
    {
        string first = $"{key}{RowKey.Separator}{UsageTableRow.Day(From)}";
        string last = $"{key}{RowKey.Separator}{UsageTableRow.Day(To)}";
        return TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}");
    }
}
