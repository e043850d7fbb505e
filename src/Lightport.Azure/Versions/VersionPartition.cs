using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Versions;

/// <summary>Where the rows of one version's content stand.</summary>
internal static class VersionPartition
{
    /// <summary>Before a version's name; sorts behind no other partition's name that begins with it.</summary>
    public const string Prefix = "v";

    public static string Of(string version) => Prefix + version;

    /// <summary>Every row, in order.</summary>
    public static IAsyncEnumerable<TableEntity> ReadAsync(
        TableHandle table,
        string version,
        CancellationToken cancellationToken)
    {
        string partition = Of(version);
        return table.QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
            columns: null,
            TableHandle.MaxPageSize,
            cancellationToken);
    }
}
