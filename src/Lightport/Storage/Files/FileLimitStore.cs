using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>
/// What was taken of limits, in a folder that several processes of one machine may share: a JSON file a counter, which
/// a person may read and mend.
/// </summary>
internal sealed class FileLimitStore(string folder, TimeProvider clock, Func<double> chance) : ILimitStore
{
    /// <summary>
    /// Windows of a counter that are kept: some, so that a clock which is set back finds its own again.
    /// </summary>
    private const int MostWindows = 4;

    private readonly LimitFileLocks _locks = new(folder, clock, chance);

    public bool IsNear => true;

    public async ValueTask<LimitReading> ReadAsync(
        LimitPlace place, int number, CancellationToken cancellationToken)
    {
        LimitReading all = await ReadAllAsync(place, cancellationToken).ConfigureAwait(false);
        return all with { Rows = [Find(all.Rows, number) ?? new LimitRow(number)] };
    }

    public async ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken)
    {
        LimitFile file = await LoadAsync(place, cancellationToken).ConfigureAwait(false);
        return new LimitReading(
            [.. file.Rows.Where(entry => entry.Window == place.Window).Select(entry => entry.Row)],
            clock.GetUtcNow(),
            TimeSpan.Zero);
    }

    public async ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken)
    {
        string path = PathOf(place);
        await using FileStream held = await _locks.TakeAsync(path, cancellationToken).ConfigureAwait(false);
        LimitFile file = await LoadAsync(place, cancellationToken).ConfigureAwait(false);
        LimitRow? there = file.Rows
            .FirstOrDefault(entry => entry.Window == place.Window && entry.Row.Number == row.Number)?.Row;
        if (there?.Mark != row.Mark)
        {
            return false;
        }

        string[] kept =
        [
            place.Window,
            .. file.Rows.Select(entry => entry.Window).Where(window => window != place.Window).Distinct()
                .OrderDescending(StringComparer.Ordinal).Take(MostWindows - 1),
        ];
        LimitFile next = file with
        {
            Rows =
            [
                .. file.Rows.Where(entry => kept.Contains(entry.Window)
                    && (entry.Window != place.Window || entry.Row.Number != row.Number)),
                new LimitFile.Entry(place.Window, row with { Mark = Next(row.Mark) }),
            ],
        };
        string json = JsonSerializer.Serialize(next, StorageJsonContext.Default.LimitFile);
        await AtomicFile.WriteAsync(path, json + "\n", cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static LimitRow? Find(IReadOnlyList<LimitRow> rows, int number) =>
        rows.FirstOrDefault(row => row.Number == number);

    private static string Next(string? mark) =>
        ((long.TryParse(mark, CultureInfo.InvariantCulture, out long last) ? last : 0) + 1)
        .ToString(CultureInfo.InvariantCulture);

    private string PathOf(LimitPlace place) => Path.Combine(
        folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place.Counter)))[..32] + ".json");

    private async ValueTask<LimitFile> LoadAsync(LimitPlace place, CancellationToken cancellationToken)
    {
        string path = PathOf(place);
        string? json = await AtomicFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return json is null ? new LimitFile(place.Counter, []) : Parse(path, json);
    }

    private static LimitFile Parse(string path, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StorageJsonContext.Default.LimitFile) is { Rows: not null } file
                && file.Rows.All(entry => entry is { Window: not null, Row.Leases: not null })
                ? file
                : throw Damaged(path, null);
        }
        catch (JsonException e)
        {
            throw Damaged(path, e);
        }
    }

    private static StoreException Damaged(string path, JsonException? reason) => new(
        StoreFailure.Damaged,
        $"{path} is not what the gateway writes. Mend it; without it, what was taken of its limit counts as nothing.",
        reason);
}
