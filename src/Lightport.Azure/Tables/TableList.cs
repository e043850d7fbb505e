using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Lightport.Azure.Tables;

/// <summary>The tables of an account, of which there are some ten.</summary>
internal static class TableList
{
    /// <summary>Removes those that are over; where another instance removes them too, they are left to it.</summary>
    /// <exception cref="Storage.StoreException">The service failed.</exception>
    public static async Task DeleteAsync(
        TableServiceClient service, TimeProvider time, Func<string, bool> isOver, CancellationToken cancellationToken)
    {
        var over = new List<string>();
        await new TableCalls(service, "(all)", time).RunAsync(
            async (_, stop) =>
            {
                over.Clear();
                await foreach (TableItem table in service.QueryAsync(cancellationToken: stop).ConfigureAwait(false))
                {
                    if (isOver(table.Name))
                    {
                        over.Add(table.Name);
                    }
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (string table in over)
        {
            await new TableCalls(service, table, time)
                .RunAsync((client, stop) => client.DeleteAsync(stop), cancellationToken).ConfigureAwait(false);
        }
    }
}
