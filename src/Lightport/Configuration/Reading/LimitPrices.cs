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
                string more = targets.Length > MostNamed ? $" and {targets.Length - MostNamed} more" : "";
                context.Errors.Warn(
                    items[i],
                    $"the budget of '{limit.Name}' is hard and refuses all that goes to "
                    + $"{string.Join(", ", targets.Take(MostNamed))}{more}, as the price is not known; say it under "
                    + "'prices' of the provider, or make the limit soft with 'then'.");
            }
        }
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
