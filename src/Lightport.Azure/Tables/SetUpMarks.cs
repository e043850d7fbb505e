using Azure.Data.Tables;

namespace Lightport.Azure.Tables;

/// <summary>
/// Rows in the table of client keys that tell what there once was: a table that is gone is made anew, empty, and would
/// else look like that of a gateway which nobody has set up yet.
/// </summary>
internal sealed class SetUpMarks(TableServiceClient service, TimeProvider time)
{
    private const string Partition = "set-up";
    private const string Configured = "configured";
    private const string HasKeys = "keys";

    private readonly TableHandle _keys = new(service, TableClientKeyStore.Table, time);

    /// <summary>From here on the tables of configuration and keys belong to a gateway that is set up.</summary>
    public Task SetConfiguredAsync(CancellationToken cancellationToken) =>
        SetAsync([Configured, HasKeys], cancellationToken);

    /// <summary>From here on there is a table of keys.</summary>
    public Task SetKeysAsync(CancellationToken cancellationToken) => SetAsync([HasKeys], cancellationToken);

    public Task<bool> IsConfiguredAsync(CancellationToken cancellationToken) =>
        IsSetAsync(Configured, cancellationToken);

    public Task<bool> HasKeysAsync(CancellationToken cancellationToken) => IsSetAsync(HasKeys, cancellationToken);

    private async Task<bool> IsSetAsync(string mark, CancellationToken cancellationToken) =>
        await _keys.FindAsync(Partition, mark, cancellationToken).ConfigureAwait(false) is not null;

    private Task SetAsync(string[] marks, CancellationToken cancellationToken) => TableBatches.UpsertAsync(
        _keys, marks.Select(mark => new TableEntity(Partition, mark)), cancellationToken);
}
