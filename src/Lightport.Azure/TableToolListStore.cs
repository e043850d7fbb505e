using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure;

/// <summary>What MCP servers offer, a row of Table Storage each: a cold instance need not ask.</summary>
public sealed class TableToolListStore(TableServiceClient service, TimeProvider time) : IToolListStore
{
    public const string Table = "LightportTools";

    private const string Partition = "servers";
    private const string Column = "Json";

    private readonly TableHandle _table = new(service, Table, time);

    public async ValueTask<string?> ReadAsync(string label, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition, label, cancellationToken).ConfigureAwait(false) is { } row
            ? TextColumns.Read(row, Column)
            : null;

    public async ValueTask WriteAsync(string label, string text, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, label);
        TextColumns.Write(row, Column, text);
        await _table
            .SubmitAsync([new(TableTransactionActionType.UpsertReplace, row)], cancellationToken)
            .ConfigureAwait(false);
    }
}
