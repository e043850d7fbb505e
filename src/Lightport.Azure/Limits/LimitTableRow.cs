using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Limits;

/// <summary>
/// A row of a limit as it stands in the table: a partition a counter, and in it a row for each window and number.
/// </summary>
internal static class LimitTableRow
{
    public const string EndsAtColumn = "EndsAt";

    private const string TakenColumn = "Taken";
    private const string LeasesColumn = "Leases";
    private const string WriterColumn = "Writer";

    /// <summary>Comes after every number of a window and before the next one's.</summary>
    private const string AfterNumbers = "~";

    public static string Partition(LimitPlace place) => RowKey.Encode(place.Counter);

    public static string Key(LimitPlace place, int number) =>
        place.Window + RowKey.Separator + number.ToString("D2", CultureInfo.InvariantCulture);

    public static string FilterOf(LimitPlace place)
    {
        string partition = Partition(place);
        string first = Key(place, 0);
        string end = place.Window + RowKey.Separator + AfterNumbers;
        return TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {end}");
    }

    public static TableEntity Of(LimitPlace place, LimitRow row)
    {
        var entity = new TableEntity(Partition(place), Key(place, row.Number)) { [TakenColumn] = row.Taken };
        if (place.EndsAt is { } end)
        {
            entity[EndsAtColumn] = end;
        }

        if (row.Writer is { } writer)
        {
            entity[WriterColumn] = writer;
        }

        if (row.Leases.Count > 0)
        {
            TextColumns.Write(entity, LeasesColumn, string.Join(';', row.Leases.Select(Write)));
        }

        return entity;
    }

    /// <exception cref="FormatException">Somebody's hand made something else of it.</exception>
    public static LimitRow Read(TableEntity entity)
    {
        string number = entity.RowKey[(entity.RowKey.LastIndexOf(RowKey.Separator) + 1)..];
        return new LimitRow(int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))
        {
            Taken = Columns.Number(entity, TakenColumn) ?? throw new FormatException("its column Taken is missing"),
            Leases = [.. (Columns.Text(entity, LeasesColumn) ?? "")
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(ReadLease)],
            Writer = Columns.Text(entity, WriterColumn),
            Mark = entity.ETag.ToString(),
        };
    }

    private static string Write(LimitLease lease) => string.Create(
        CultureInfo.InvariantCulture, $"{lease.Holder} {lease.Amount} {lease.ExpiresAt.ToUnixTimeSeconds()}");

    private static LimitLease ReadLease(string text)
    {
        string[] parts = text.Split(' ');
        return parts.Length == 3
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long amount)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long expires)
            && expires <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new LimitLease(parts[0], amount, DateTimeOffset.FromUnixTimeSeconds(expires))
            : throw new FormatException("its column Leases cannot be read");
    }
}
