using System.IO.Compression;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Azure.Versions;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>Versions of the configuration in Table Storage, one partition each; the newest 100 are kept.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api"/>
public sealed class TableConfigurationVersions(
    TableServiceClient service,
    TimeProvider time,
    ILogger<TableConfigurationVersions> logger) : IConfigurationVersions
{
    public const string Table = "LightportRouting";

    private readonly TableHandle _table = new(service, Table, time);
    private readonly SetUpMarks _marks = new(service, time);

    public async ValueTask<ConfigurationPointer?> FindPointerAsync(CancellationToken cancellationToken)
    {
        TableEntity? row = await _table.FindAsync(PointerRow.Partition, PointerRow.Row, cancellationToken)
            .ConfigureAwait(false);
        return row is null ? null : PointerRow.Read(row);
    }

    public async ValueTask<IReadOnlyList<ConfigurationVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var versions = new List<ConfigurationVersion>();
        await foreach (TableEntity row in _table.QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {VersionRow.Partition}"),
            columns: null,
            TableHandle.MaxPageSize,
            cancellationToken).ConfigureAwait(false))
        {
            versions.Add(VersionRow.Describe(row));
        }

        versions.Reverse();
        return versions;
    }

    public async ValueTask<ConfigurationContent?> ReadAsync(string version, CancellationToken cancellationToken) =>
        VersionName.IsValid(version)
            ? await new VersionReader(_table).ReadAsync(version, cancellationToken).ConfigureAwait(false)
            : null;

    /// <exception cref="ArgumentException">Two entries have the same kind and name.</exception>
    public async ValueTask<ConfigurationVersion> WriteAsync(
        ConfigurationContent content,
        ConfigurationPointer? replaces,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ConfigurationEntry[] entries = InOrder(content.Entries);
        var version = new ConfigurationVersion(
            VersionName.Next(now),
            now,
            TextColumns.WellFormed(note.Author),
            note.Note is null ? null : TextColumns.WellFormed(note.Note),
            entries.Length);
        byte[] packed = PackedJson.Pack(
            content with { Entries = entries },
            AzureJsonContext.Default.ConfigurationContent,
            CompressionLevel.Optimal);
        await TableBatches.UpsertAsync(
            _table, PackedRows.Of(VersionPartition.Of(version.Version), packed), cancellationToken)
            .ConfigureAwait(false);
        var row = new VersionRow { Digest = PackedJson.Digest(packed), Replaces = replaces?.Version };
        await _table.InsertAsync(row.ToEntity(version), cancellationToken).ConfigureAwait(false);
        return version;
    }

    /// <summary>First what makes it a version; rows that are left by a failure go with a later change.</summary>
    public async ValueTask RemoveAsync(string version, CancellationToken cancellationToken)
    {
        if (VersionName.IsValid(version))
        {
            await _table.DeleteAsync(VersionRow.Partition, version, cancellationToken).ConfigureAwait(false);
            var rows = new List<TableEntity>();
            await foreach (TableEntity row in VersionPartition.ReadAsync(_table, version, cancellationToken)
                .ConfigureAwait(false))
            {
                rows.Add(row);
            }

            await TableBatches.DeleteAsync(_table, rows, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<string?> FindBeforeAsync(
        ConfigurationPointer inForce, CancellationToken cancellationToken) =>
        VersionName.IsValid(inForce.Version)
        && await _table.FindAsync(VersionRow.Partition, inForce.Version, cancellationToken)
            .ConfigureAwait(false) is { } row
            ? VersionRow.Read(row)?.Replaces
            : null;

    public async ValueTask<bool> WasConfiguredAsync(CancellationToken cancellationToken) =>
        await _marks.IsConfiguredAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask MoveAsync(
        string version,
        ConfigurationPointer? from,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        if (!VersionName.IsValid(version)
            || await _table.FindAsync(VersionRow.Partition, version, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"The table {Table} has no such version. Choose one of those that are listed.");
        }

        if (from is null)
        {
            await _marks.SetConfiguredAsync(cancellationToken).ConfigureAwait(false);
        }

        TableEntity row = PointerRow.Of(version, note, time.GetUtcNow());
        bool moved = from is null
            ? await _table.InsertAsync(row, cancellationToken).ConfigureAwait(false)
            : await _table.ReplaceAsync(row, from.ETag, cancellationToken).ConfigureAwait(false);
        if (!moved)
        {
            throw new StoreException(
                StoreFailure.Conflict,
                "Somebody else put another version in force in between. Look at it, and make the change again.");
        }

        await PruneAsync(version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The change is made by now; what cannot be removed goes after a later one.</summary>
    private async Task PruneAsync(string current, CancellationToken cancellationToken)
    {
        try
        {
            await new VersionPruner(_table, time).PruneAsync(current, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            logger.NotPruned(e.Message);
        }
        catch (OperationCanceledException)
        {
            logger.NotPruned("the caller left");
        }
    }

    private static ConfigurationEntry[] InOrder(IReadOnlyList<ConfigurationEntry> entries)
    {
        ConfigurationEntry? twice = entries.CountBy(entry => entry with { Order = 0, Json = "" })
            .FirstOrDefault(entry => entry.Value > 1).Key;
        if (twice is not null)
        {
            throw new ArgumentException($"The {twice.Kind} '{twice.Name}' is there twice.", nameof(entries));
        }

        return
        [
            .. entries.OrderBy(entry => entry.Order)
                .ThenBy(entry => entry.Kind, StringComparer.Ordinal)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal),
        ];
    }
}
