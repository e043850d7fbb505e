using System.Globalization;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Routing;

namespace Lightport.Management;

/// <summary>Tells which price each target has on a day, who says so, and since when.</summary>
internal sealed class PricesDoor(IGatewayConfigurationSource configuration, PriceBook prices, TimeProvider clock)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int MostTargets = 1_000;

    private static readonly Dictionary<string, PricesAnswer.Sheet> NoServices = [];

    public ValueTask ReadAsync(ManagementCall call)
    {
        DateTimeOffset moment = Moment(call.Query("at"));
        RoutingTable table = configuration.Current.Routing;
        Target[] targets =
        [
            .. Targets(table, call.Query("model")).DistinctBy(target => target.ToString()).Take(MostTargets + 1),
        ];
        return targets.Length > MostTargets
            ? throw GatewayException.BadRequest(
                $"There are more than {MostTargets} targets. Ask for those of one model.", "model")
            : call.AnswerAsync(
                new PricesAnswer(
                    Day(DateOnly.FromDateTime(moment.UtcDateTime)), [.. targets.Select(target => Of(target, moment))]),
                ManagementJsonContext.Readable.PricesAnswer);
    }

    /// <summary>Those of one model, as a client would ask for it; else of all that are configured by name.</summary>
    private static IEnumerable<Target> Targets(RoutingTable table, string? model)
    {
        if (model is null)
        {
            return table.ModelNames.SelectMany(name => table.Models[name].Targets);
        }

        RouteResult found = RouteResolver.Resolve(table, new RouteQuestion(model));
        return found.Route?.Targets ?? throw new GatewayException(found.Error!);
    }

    private PricesAnswer.TargetPrice Of(Target target, DateTimeOffset moment)
    {
        ConfiguredProvider provider = target.Provider;
        ModelPrice? price = target.Price(prices, moment);
        return new PricesAnswer.TargetPrice(
            provider.Name,
            target.Model,
            provider.Region,
            price?.Version,
            price?.Since is { } since ? Day(since) : null,
            price is null ? null : Of(price.Standard),
            price?.Services.ToDictionary(service => service.Key, service => Of(service.Value)) ?? NoServices);
    }

    private static PricesAnswer.Sheet Of(PriceSheet sheet) => new(
        Of(sheet.Base), [.. sheet.Tiers.Select(tier => new PricesAnswer.Tier(tier.Above, Of(tier.Rates)))]);

    private static Dictionary<string, decimal> Of(Rates rates)
    {
        var told = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (string word in RateWords.All)
        {
            if (RateWords.Of(rates, word) is { } rate)
            {
                told.Add(word, rate);
            }
        }

        return told;
    }

    /// <summary>The end of a day, or now.</summary>
    private DateTimeOffset Moment(string? day)
    {
        if (day is null)
        {
            return clock.GetUtcNow();
        }

        return DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, default, out DateOnly said)
            ? new DateTimeOffset(said.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero)
            : throw GatewayException.BadRequest("'at' must be a day, as in 2026-09-01.", "at");
    }

    private static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
