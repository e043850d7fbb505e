using System.Globalization;
using Lightport.Conversation;
using Lightport.Storage;
using Lightport.Usage;

namespace Lightport.Management;

/// <summary>Adds up what was used, by what is asked for.</summary>
/// <param name="store">Null where usage is kept nowhere but in the log.</param>
/// <param name="ledger">What this instance has counted is written first, so that it is in the sums.</param>
internal sealed class UsageDoor(TimeProvider clock, IUsageStore? store = null, UsageLedger? ledger = null)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string HourFormat = "yyyy-MM-dd'T'HH':00:00Z'";
    private const int MostDays = 366;
    private const int DefaultDays = 30;
    private const int MostRows = 10_000;
    private static readonly string[] Groups = ["key", "model", "day", "hour"];

    public async ValueTask ReadAsync(ManagementCall call)
    {
        IUsageStore rows = store ?? throw new StoreException(
            StoreFailure.ReadOnly,
            "This gateway keeps no usage but in its log. Set Tables:Uri on Azure, or LIGHTPORT_ADMIN_KEY where Server "
            + "runs.");
        UsageQuery query = Query(call);
        string[] by = By(call.Query("by"));
        await (ledger?.FlushAsync(call.Aborted) ?? Task.CompletedTask).ConfigureAwait(false);

        var sums = new Dictionary<UsageAnswer.Row, UsageAnswer.Row>();
        var names = new Dictionary<string, string>();
        var total = new UsageAnswer.Row();
        await foreach (UsageRow row in rows.ReadAsync(query, call.Aborted).ConfigureAwait(false))
        {
            UsageAnswer.Row group = Group(row, by);
            sums[group] = sums.GetValueOrDefault(group, group).Plus(row);
            names[row.KeyId] = row.KeyName;
            total = total.Plus(row);
            if (sums.Count > MostRows)
            {
                throw GatewayException.BadRequest(
                    $"This has more than {MostRows} rows. Ask for fewer days, for one key, or by less.", "by");
            }
        }

        await call.AnswerAsync(
            new UsageAnswer(Day(query.From), Day(query.To), by, InOrder(sums.Values, names), total),
            ManagementJsonContext.Readable.UsageAnswer).ConfigureAwait(false);
    }

    private static UsageAnswer.Row Group(UsageRow row, string[] by) => new()
    {
        KeyId = by.Contains("key") ? row.KeyId : null,
        Model = by.Contains("model") ? row.Model : null,
        Day = by.Contains("day") ? row.Hour.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture) : null,
        Hour = by.Contains("hour")
            ? row.Hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture)
            : null,
    };

    /// <summary>By time, then what was used most. A key's name may have changed meanwhile: the last counts.</summary>
    private static UsageAnswer.Row[] InOrder(
        IEnumerable<UsageAnswer.Row> sums,
        Dictionary<string, string> names) =>
    [
        .. sums
            .Select(row => row.KeyId is null ? row : row with { Key = names[row.KeyId] })
            .OrderBy(row => row.Day ?? row.Hour, StringComparer.Ordinal)
            .ThenBy(row => row.Hour, StringComparer.Ordinal)
            .ThenByDescending(row => row.Input + row.CacheRead + row.CacheWrite + row.Output + row.Reasoning)
            .ThenBy(row => row.KeyId, StringComparer.Ordinal)
            .ThenBy(row => row.Model, StringComparer.Ordinal),
    ];

    private static string[] By(string? text)
    {
        string[] by = text is null
            ? ["key", "model"]
            : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return by.All(Groups.Contains)
            ? by
            : throw GatewayException.BadRequest($"'by' takes {string.Join(", ", Groups)}, with commas between.", "by");
    }

    private static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private UsageQuery Query(ManagementCall call)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        DateOnly to = Day(call, "to") ?? today;
        DateOnly from = Day(call, "from") ?? to.AddDays(1 - DefaultDays);
        if (from > to || to.DayNumber - from.DayNumber >= MostDays)
        {
            throw GatewayException.BadRequest($"'from' to 'to' must be 1 to {MostDays} days.", "from");
        }

        string? key = call.Query("key");
        return key is null or "-" || (key.Length == ClientKeyRecord.IdLength && key.All(char.IsAsciiHexDigitLower))
            ? new UsageQuery(from, to, key)
            : throw GatewayException.BadRequest("'key' must be a key's id, as GET /manage/keys lists them.", "key");
    }

    private static DateOnly? Day(ManagementCall call, string name) => call.Query(name) switch
    {
        null => null,
        var text when DateOnly.TryParseExact(
            text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) => day,
        _ => throw GatewayException.BadRequest($"'{name}' must be a day, as in 2026-11-21.", name),
    };
}
