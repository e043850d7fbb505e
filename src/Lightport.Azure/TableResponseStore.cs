using Azure.Data.Tables;
using Lightport.Azure.Answers;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>Answers in Table Storage.</summary>
public sealed class TableResponseStore(
    TableServiceClient service, TimeProvider time, ILogger<TableResponseStore> logger) : IResponseStore
{
    /// <summary>What the tables' names begin with.</summary>
    public const string Tables = "LightportResponses";

    private readonly PackedTables<StoredResponse> _answers = new(
        new PeriodTables(service, Tables, PeriodTables.Month, PeriodTables.LongestOfMonth, time, logger),
        AzureJsonContext.Default.StoredResponse,
        time);

    public ValueTask WriteAsync(StoredResponse response, CancellationToken cancellationToken) =>
        _answers.WriteAsync(response.Owner, response.Id, response, response.ExpiresAt, cancellationToken);

    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _answers.FindAsync(owner, id, cancellationToken);

    public ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken) =>
        _answers.RemoveAsync(owner, id, cancellationToken);
}
