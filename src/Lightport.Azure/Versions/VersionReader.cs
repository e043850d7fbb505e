using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>Reads a version and holds it to its row in <see cref="VersionRow.Partition"/>.</summary>
/// <remarks>
/// Of a kind fewer entries than were written are a loss, and the version is damaged. As many or more, but not the same,
/// were changed by hand: they count, and the document that no longer says what they say is left out.
/// </remarks>
internal sealed class VersionReader(TableHandle table)
{
    /// <summary>Null where there is no such version, or it never was written to its end.</summary>
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
        var rows = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        await foreach (TableEntity read in VersionPartition.ReadAsync(table, version, cancellationToken)
            .ConfigureAwait(false))
        {
            rows[read.RowKey] = read;
        }

        List<ConfigurationEntry> entries = Entries(version, rows);
        foreach ((string kind, int count) in row.Kinds)
        {
            int there = entries.Count(entry => entry.Kind == kind);
            if (there < count)
            {
                throw Damaged(version, $"of {count} entries of kind '{kind}' {count - there} are missing");
            }
        }

        return new ConfigurationContent(Text(row, rows, entries), entries);
    }

    private static List<ConfigurationEntry> Entries(string version, Dictionary<string, TableEntity> rows) =>
    [
        .. rows.Values
            .Where(row => EntryRows.IsHead(row.RowKey) && !TextRows.Is(row.RowKey))
            .Select(row => EntryRows.Read(row, rows)
                ?? throw Damaged(version, $"a part of the entry '{RowKey.Decode(row.RowKey)}' is missing"))
            .OrderBy(entry => entry.Order)
            .ThenBy(entry => entry.Kind, StringComparer.Ordinal)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    private static string? Text(
        VersionRow row,
        Dictionary<string, TableEntity> rows,
        List<ConfigurationEntry> entries)
    {
        if (row.TextDigest is not { } digest || VersionDigest.Of(entries) != row.Digest)
        {
            return null;
        }

        string text = TextRows.Read(rows);
        return VersionDigest.Of(text) == digest ? text : null;
    }

    private static StoreException Damaged(string version, string what) => new(
        StoreFailure.Damaged,
        $"The version {version} in the table {TableConfigurationVersions.Table} is damaged: {what}. "
        + "Roll back to another version, or apply the configuration again.");
}
