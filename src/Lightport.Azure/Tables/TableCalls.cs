using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Lightport.Storage;

namespace Lightport.Azure.Tables;

/// <summary>Runs calls to one table: each ends in time, and fails as a <see cref="StoreException"/>.</summary>
internal sealed class TableCalls(TableServiceClient service, string table, TimeProvider time)
{
    /// <summary>
    /// A call with all its retries, so that no request of a client and no poll waits longer, whatever a
    /// <c>retry-after</c> of the service asks for.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TableClient _table = service.GetTableClient(table);

    /// <summary>Makes the table where it is not there, at first or any more, and calls again.</summary>
    public async Task<T> RunAsync<T>(
        Func<TableClient, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            try
            {
                return await call(_table, either.Token).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.Is(TableErrorCode.TableNotFound))
            {
                await _table.CreateIfNotExistsAsync(either.Token).ConfigureAwait(false);
                return await call(_table, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not StoreException)
        {
            // The failure itself stays here: its message quotes the answer's body.
            throw TableAdvice.For(table, service.Uri, e);
        }
    }
}
