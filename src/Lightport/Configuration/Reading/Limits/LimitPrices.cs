using Lightport.Admission;
using Lightport.Configuration.Yaml;
using Lightport.Limits.Rules;
using Lightport.Prices;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Warns of targets that a hard budget refuses whatever is left of it, since nobody knows what they cost: whoever wrote
/// the budget would else learn of it from refused clients.
/// </summary>
internal static class LimitPrices
{
    private const int MostNamed = 3;

    /// <param name="items">The limits as they are written, in the same order.</param>
    public static void WarnOfUnknown(
        IReadOnlyList<LimitRule> limits,
        IReadOnlyList<YamlNode> items,
        IReadOnlyList<Route> routes,
        ReadingContext context)
    {
        for (int i = 0; i < limits.Count && limits.Count == items.Count; i++)
        {
            if (limits[i] is { IsSoft: false, Amounts.Budgets.Count: > 0 } limit
                && Unknown(limit, routes, context) is { Length: > 0 } targets)
            {
                context.Errors.Warn(
                    items[i],
                    $"{Words($"the budget of '{limit.Name}'", targets)}, or make the limit soft with 'then'.");
            }
        }
    }

    /// <summary>The same of keys' own budgets, which are always hard, over what each key may ask for.</summary>
    /// <param name="keys">As they are read; those that stand elsewhere come after.</param>
    /// <param name="items">The keys as they are written.</param>
    public static void WarnOfUnknown(
        IReadOnlyList<ClientKey> keys,
        IReadOnlyList<YamlNode> items,
        IReadOnlyList<Route> routes,
        ReadingContext context)
    {
        for (int i = 0; i < keys.Count && i < items.Count && !context.Errors.Any; i++)
        {
            Caller caller = keys[i].Caller;
            if (caller.Limits is not { Budgets.Count: > 0 } amounts)
            {
                continue;
            }

            Route[] allowed = [.. routes.Where(route => caller.Models.Allows(route.Name))];
            if (Unknown(LimitRule.Of(amounts), allowed, context) is { Length: > 0 } targets)
            {
                context.Errors.Warn(items[i], $"{Words($"the budget of the key '{caller.Name}'", targets)}.");
            }
        }
    }

    private static string Words(string budget, string[] targets)
    {
        string more = targets.Length > MostNamed ? $" and {targets.Length - MostNamed} more" : "";
        return $"{budget} is hard and refuses all that goes to {string.Join(", ", targets.Take(MostNamed))}{more}, as "
            + "the price is not known; say it under 'prices' of the provider";
    }

    private static string[] Unknown(LimitRule limit, IReadOnlyList<Route> routes, ReadingContext context)
    {
        PriceBook prices = context.Environment.Prices();
        return
        [
            .. routes.Where(route => limit.Match.IsForRoute(route.Name))
                .SelectMany(route => route.Targets)
                .Where(target => !target.Model.Contains('*', StringComparison.Ordinal)
                    && limit.Match.IsForTarget(target.Provider.Name, target.Model)
                    && target.Price(prices, DateTimeOffset.MaxValue) is null)
                .Select(target => target.ToString())
                .Distinct(),
        ];
    }
}
