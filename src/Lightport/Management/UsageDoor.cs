using System.Globalization;
using Lightport.Conversation;
using Lightport.Storage;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lightport.Management;

/// <summary>Adds up what was used, by what is asked for.</summary>
/// <param name="store">Null where usage is kept nowhere but in the log.</param>
/// <param name="ledger">What this instance has counted is written first, so that it is in the sums.</param>
internal sealed class UsageDoor(TimeProvider clock, IUsageStore? store = null, UsageLedger? ledger = null)
{
    private const int MostDays = 400;
    private const int DefaultDays = 30;

    /// <summary>A moment may be given to the hour, as rows of the answer name it, or shorter.</summary>
    private static readonly string[] HourFormats = [UsageGrouping.HourFormat, "yyyy-MM-dd'T'HH", "yyyy-MM-dd'T'HH'Z'"];

    /// <summary>The parameters that it takes.</summary>
    public static string[] Parameters { get; } =
    [
        "from", "to", "key", "by", "group-by", "model", "provider", "route", "tag", "key-tag", "limit", "after",
    ];

    public async ValueTask ReadAsync(ManagementCall call) =>
        await AnswerAsync(call, await SumAsync(call).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>What the parameters of the call ask for.</summary>
    /// <exception cref="GatewayException">A 400: one of them is none.</exception>
    /// <exception cref="StoreException">Usage is not kept, or cannot be read.</exception>
    public async ValueTask<UsageAnswer> SumAsync(ManagementCall call)
    {
        IUsageStore rows = store ?? throw new StoreException(
            StoreFailure.ReadOnly,
            "This gateway keeps no usage but in its log. Set Tables:Uri on Azure, or LIGHTPORT_ADMIN_KEY where Server "
            + "runs.");
        (DateTimeOffset from, DateTimeOffset to) = Hours(call);
        UsageQuery query = Query(call, from, to);
        var filter = new UsageFilter(call, from, to);
        UsageGrouping grouping = call.Query("group-by") is { } groups
            ? UsageGrouping.Parse(groups, "group-by")
            : UsageGrouping.Parse(call.Query("by"), "by");
        var page = new UsagePage(grouping, Limit(call), call.Query("after"));
        await (ledger?.FlushAsync(call.Aborted) ?? Task.CompletedTask).ConfigureAwait(false);
        await foreach (UsageRow row in rows.ReadAsync(query, call.Aborted).ConfigureAwait(false))
        {
            if (filter.Takes(row))
            {
                page.Add(row);
            }
        }

        return new UsageAnswer(
            Shown(call, "from", from), Shown(call, "to", to), grouping.By, page.Rows(), page.Total, page.Next);
    }

    private static ValueTask AnswerAsync(ManagementCall call, UsageAnswer answer)
    {
        if (!WantsCsv(call.Request))
        {
            return call.AnswerAsync(answer, ManagementJsonContext.Readable.UsageAnswer);
        }

        if (answer.Next is { } next)
        {
            QueryString query = QueryString.Create(call.Request.Query
                .Where(parameter => parameter.Key != "after")
                .Append(new("after", next)));
            call.Exchange.Context.Response.Headers.Link = $"<{call.Request.Path}{query}>; rel=\"next\"";
        }

        return call.AnswerAsync(UsageCsv.Of(answer), UsageCsv.MediaType + "; charset=utf-8");
    }

    private static bool WantsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? types)
        && types.Any(type => type.Quality is not 0
            && type.MediaType.Equals(UsageCsv.MediaType, StringComparison.OrdinalIgnoreCase));

    private static int? Limit(ManagementCall call) => call.Query("limit") switch
    {
        null => call.Query("after") is null ? null : UsagePage.MostRows,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit)
            && limit is >= 1 and <= UsagePage.MostRows => limit,
        _ => throw GatewayException.BadRequest($"'limit' must be 1 to {UsagePage.MostRows}.", "limit"),
    };

    private static UsageQuery Query(ManagementCall call, DateTimeOffset from, DateTimeOffset to)
    {
        string? key = call.Query("key");
        return key is null or "-" || (key.Length == ClientKeyRecord.IdLength && key.All(char.IsAsciiHexDigitLower))
            ? new UsageQuery(DateOnly.FromDateTime(from.UtcDateTime), DateOnly.FromDateTime(to.UtcDateTime), key)
            : throw GatewayException.BadRequest("'key' must be a key's id, as GET /manage/keys lists them.", "key");
    }

    /// <summary>The first and the last hour.</summary>
    private (DateTimeOffset From, DateTimeOffset To) Hours(ManagementCall call)
    {
        DateTimeOffset today = new(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset to = Moment(call, "to", lastHour: true) ?? today.AddHours(23);
        DateTimeOffset day = new(to.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset from = Moment(call, "from", lastHour: false) ?? day.AddDays(1 - DefaultDays);
        return from <= to && (to - from).TotalDays < MostDays
            ? (from, to)
            : throw GatewayException.BadRequest($"'from' to 'to' must be 1 to {MostDays} days.", "from");
    }

    private static DateTimeOffset? Moment(ManagementCall call, string name, bool lastHour)
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        if (DateTimeOffset.TryParseExact(
            text, UsageGrouping.DayFormat, CultureInfo.InvariantCulture, Utc, out DateTimeOffset day))
        {
            return lastHour ? day.AddHours(23) : day;
        }

        return DateTimeOffset.TryParseExact(text, HourFormats, CultureInfo.InvariantCulture, Utc, out day)
            ? day
            : throw GatewayException.BadRequest(
                $"'{name}' must be a day or an hour, as in 2026-11-21 or 2026-11-21T08:00:00Z.", name);
    }

    /// <summary>As precisely as it was asked.</summary>
    private static string Shown(ManagementCall call, string name, DateTimeOffset moment) => moment.UtcDateTime.ToString(
        call.Query(name)?.Contains('T', StringComparison.Ordinal) == true
            ? UsageGrouping.HourFormat
            : UsageGrouping.DayFormat,
        CultureInfo.InvariantCulture);
}
