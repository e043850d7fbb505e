using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>Usage in one JSON file a day and process, so that each process writes only its own.</summary>
/// <param name="folder">Made with the first row.</param>
internal sealed class FileUsageStore(string folder) : IUsageStore
{
    private const string DayFormat = "yyyy-MM-dd";

    private readonly Dictionary<(DateOnly Day, string Instance), Dictionary<(string, DateTimeOffset, string), UsageRow>>
        _written = [];

    /// <summary>Called by one ledger, which never has two writings under way.</summary>
    public async ValueTask<TimeSpan> WriteAsync(IReadOnlyList<UsageRow> rows, CancellationToken cancellationToken)
    {
        foreach (var group in rows.GroupBy(row => (DateOnly.FromDateTime(row.Hour.UtcDateTime), row.Instance)))
        {
            if (!_written.TryGetValue(group.Key, out var day))
            {
                _written.Add(group.Key, day = []);
            }

            foreach (UsageRow row in group)
            {
                day[(row.KeyId, row.Hour, row.Model)] = row;
            }

            string json = JsonSerializer.Serialize(
                [.. day.Values], StorageJsonContext.Default.IReadOnlyListUsageRow);
            await AtomicFile.WriteAsync(PathOf(group.Key), json + "\n", cancellationToken).ConfigureAwait(false);
        }

        ForgetPastDays(rows);
        return TimeSpan.Zero;
    }

    public async IAsyncEnumerable<UsageRow> ReadAsync(
        UsageQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string file in Files(query))
        {
            string? json = await AtomicFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            foreach (UsageRow row in json is null ? [] : Parse(file, json))
            {
                if (query.KeyId is null || row.KeyId == query.KeyId)
                {
                    yield return row;
                }
            }
        }
    }

    private string PathOf((DateOnly Day, string Instance) key) => Path.Combine(
        folder, $"{key.Day.ToString(DayFormat, CultureInfo.InvariantCulture)}.{key.Instance}.json");

    private IEnumerable<string> Files(UsageQuery query) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFiles(folder, "*.json")
        .Where(file => DateOnly.TryParseExact(
            Path.GetFileName(file).Split('.')[0],
            DayFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateOnly day)
            && day >= query.From
            && day <= query.To)
        .Order(StringComparer.Ordinal);

    private static IReadOnlyList<UsageRow> Parse(string file, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StorageJsonContext.Default.IReadOnlyListUsageRow) ?? [];
        }
        catch (JsonException e)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"{file} is not what the gateway writes; move it away or mend it.", e);
        }
    }

    /// <summary>A ledger adds to an hour for at most two more.</summary>
    private void ForgetPastDays(IReadOnlyList<UsageRow> rows)
    {
        DateOnly newest = rows.Count == 0 ? default : rows.Max(row => DateOnly.FromDateTime(row.Hour.UtcDateTime));
        foreach (var key in _written.Keys.Where(key => key.Day < newest.AddDays(-1)).ToArray())
        {
            _written.Remove(key);
        }
    }
}
