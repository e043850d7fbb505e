using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>Reads a version and holds it to its row in <see cref="VersionRow.Partition"/>.</summary>
internal sealed class VersionReader(TableHandle table)
{
    /// <summary>Null where there is no such version, or it never was written to its end.</summary>
    /// <exception cref="StoreException">Or it is not what was written.</exception>
    public async Task<ConfigurationContent?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        TableEntity? found = await table.FindAsync(VersionRow.Partition, version, cancellationToken)
            .ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        VersionRow row = VersionRow.Read(found)
            ?? throw Damaged(version, "its row in the partition 'versions' cannot be read");
        var rows = new List<TableEntity>();
        await foreach (TableEntity read in VersionPartition.ReadAsync(table, version, cancellationToken)
            .ConfigureAwait(false))
        {
            rows.Add(read);
        }

        byte[] packed = PackedRows.Read(rows);
        return PackedJson.Digest(packed) != row.Digest
            ? throw Damaged(version, "its rows are not what was written")
            : PackedJson.Unpack(packed, AzureJsonContext.Default.ConfigurationContent)
                ?? throw Damaged(version, "it was written by another release, in a form that this one cannot read");
    }

    private static StoreException Damaged(string version, string what) => new(
        StoreFailure.Damaged,
        $"The version {version} in the table {TableConfigurationVersions.Table} is damaged: {what}. "
        + "Roll back to another version, or apply the configuration again.");
}
