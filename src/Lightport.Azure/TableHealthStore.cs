using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure;

/// <summary>What instances tell each other of targets, in one row of Table Storage.</summary>
public sealed class TableHealthStore(TableServiceClient service, TimeProvider time) : IHealthStore
{
    public const string Table = "LightportHealth";

    private const string Partition = "targets";
    private const string Row = "open";
    private const string Column = "Json";

    private readonly TableHandle _table = new(service, Table, time);

    public async ValueTask<HealthNote?> ReadAsync(CancellationToken cancellationToken)
    {
        TableEntity? row = await _table.FindAsync(Partition, Row, cancellationToken).ConfigureAwait(false);
        return row is null ? null : new HealthNote(TextColumns.Read(row, Column) ?? "", row.ETag.ToString());
    }

    public async ValueTask<bool> TryWriteAsync(string text, string? tag, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, Row);
        TextColumns.Write(row, Column, text);
        return tag is null
            ? await _table.InsertAsync(row, cancellationToken).ConfigureAwait(false)
            : await _table.ReplaceAsync(row, tag, cancellationToken).ConfigureAwait(false);
    }
}
