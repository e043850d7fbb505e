using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Lightport.Storage.Files;

/// <summary>
/// Usage in one JSON file an hour and process, so that each process writes only its own, and no more than what can
/// still grow. Files of a whole day, which older releases wrote, are read too.
/// </summary>
/// <param name="folder">Made with the first row.</param>
/// <param name="kept">How long a day's files stay.</param>
internal sealed class FileUsageStore(string folder, TimeSpan kept, TimeProvider clock, ILogger<FileUsageStore> logger)
    : IUsageStore
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string HourFormat = "yyyy-MM-dd'T'HH";

    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    private readonly Dictionary<(DateTimeOffset Hour, string Instance), Dictionary<RowKey, UsageRow>> _written = [];
    private DateOnly _swept;

    /// <summary>Called by one ledger, which never has two writings under way.</summary>
    public async ValueTask<TimeSpan> WriteAsync(IReadOnlyList<UsageRow> rows, CancellationToken cancellationToken)
    {
        foreach (var group in rows.GroupBy(row => (row.Hour.ToUniversalTime(), row.Instance)))
        {
            if (!_written.TryGetValue(group.Key, out var hour))
            {
                _written.Add(group.Key, hour = []);
            }

            foreach (UsageRow row in group)
            {
                hour[new RowKey(row.KeyId, row.Model, row.Route, row.Tag, row.KeyTags)] = row;
            }

            await AtomicFile.WriteAsync(PathOf(group.Key), Json(hour.Values) + "\n", cancellationToken)
                .ConfigureAwait(false);
        }

        ForgetPastHours(rows);
        Sweep();
        return TimeSpan.Zero;
    }

    public async IAsyncEnumerable<UsageRow> ReadAsync(
        UsageQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string file in Files(day => day >= query.From && day <= query.To))
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

    private string PathOf((DateTimeOffset Hour, string Instance) key) => Path.Combine(
        folder, $"{key.Hour.ToString(HourFormat, CultureInfo.InvariantCulture)}.{key.Instance}.json");

    private IEnumerable<string> Files(Func<DateOnly, bool> isWanted) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFiles(folder, "*.json")
        .Where(file => DateOnly.TryParseExact(
            Path.GetFileName(file).Split('.')[0].Split('T')[0],
            DayFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateOnly day)
            && isWanted(day))
        .Order(StringComparer.Ordinal);

    private static string Json(IEnumerable<UsageRow> rows)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Readable))
        {
            writer.WriteStartArray();
            foreach (UsageRow row in rows)
            {
                UsageRowJson.Write(writer, row);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    /// <summary>What somebody edited and made unreadable is told and left out; the rest of the file counts.</summary>
    private List<UsageRow> Parse(string file, string json)
    {
        var rows = new List<UsageRow>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonElement row in document.RootElement.EnumerateArray())
            {
                try
                {
                    rows.Add(UsageRowJson.Read(row));
                }
                catch (FormatException e)
                {
                    logger.UsageRowLeftOut(file, e.Message);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            logger.UsageRowLeftOut(file, "the file is no JSON list");
        }

        return rows;
    }

    /// <summary>A ledger adds to an hour for at most two more.</summary>
    private void ForgetPastHours(IReadOnlyList<UsageRow> rows)
    {
        DateTimeOffset newest = rows.Count == 0 ? default : rows.Max(row => row.Hour);
        foreach (var key in _written.Keys.Where(key => newest - key.Hour > TimeSpan.FromHours(3)).ToArray())
        {
            _written.Remove(key);
        }
    }

    /// <summary>Once a day, what is older than is kept goes.</summary>
    private void Sweep()
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        if (_swept == today)
        {
            return;
        }

        _swept = today;
        DateOnly first = now - DateTime.MinValue > kept ? DateOnly.FromDateTime(now - kept) : DateOnly.MinValue;
        try
        {
            foreach (string file in Files(day => day < first))
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.UsageNotRemoved(e.Message);
        }
    }

    private readonly record struct RowKey(string KeyId, string Model, string Route, string Tag, string KeyTags);
}
