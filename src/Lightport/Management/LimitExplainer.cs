using Lightport.Exchanges;
using Lightport.Exchanges.Limits;
using Lightport.Limits;
using Lightport.Limits.Rules;

namespace Lightport.Management;

/// <summary>Tells of the limits that a request would meet, and how much is left of them; nothing is held.</summary>
/// <param name="ledger">Null where nothing can be limited.</param>
internal sealed class LimitExplainer(LimitKeeper keeper, ILimitLedger? ledger = null)
{
    /// <returns>Null where the request would meet none, or goes nowhere.</returns>
    public async ValueTask<IReadOnlyList<ExplainAnswer.LimitFacts>?> ExplainAsync(
        Exchange exchange, LimitTable table, CancellationToken cancellationToken)
    {
        if (exchange.Route is not { } route || ledger is null || keeper.For(exchange, table) is not { } limits)
        {
            return null;
        }

        var facts = new List<ExplainAnswer.LimitFacts>();
        foreach (LimitCounters counters in limits.MetAt(route.Targets))
        {
            string[] refused =
            [
                .. route.Targets
                    .Select(target => limits.WhyUnbounded(counters, target) is { } why ? $"{target}: {why}" : null)
                    .OfType<string>(),
            ];
            foreach (LimitCounter counter in counters.All)
            {
                LimitGrant grant = await ledger.ReserveAsync(counter, 0, cancellationToken).ConfigureAwait(false);
                grant.Hold?.Settle(0);
                facts.Add(new ExplainAnswer.LimitFacts(
                    counter.Limit,
                    counter.Subject,
                    MeasureOf(counter),
                    Amount(counter, counter.Most),
                    grant.IsUnknown ? null : Amount(counter, Math.Max(0, grant.Left)),
                    Word(counters.Rule))
                {
                    Unbounded = counter.Measure == LimitMeasure.Money && refused.Length > 0 ? refused : null,
                });
            }
        }

        return facts;
    }

    private static decimal Amount(LimitCounter counter, long amount) =>
        counter.Measure == LimitMeasure.Money ? NanoDollars.ToDollars(amount) : amount;

    private static string MeasureOf(LimitCounter counter) => (counter.Measure, counter.Period) switch
    {
        (LimitMeasure.Requests, _) => "requests-per-minute",
        (LimitMeasure.Tokens, _) => "tokens-per-minute",
        (LimitMeasure.Concurrent, _) => "concurrent",
        (_, LimitPeriod.Day) => "usd-per-day",
        (_, LimitPeriod.Month) => "usd-per-month",
        _ => "usd",
    };

    private static string Word(LimitRule rule) => rule.Then switch
    {
        LimitEffect.Alert => "alert",
        LimitEffect.Route => $"route {rule.Route}",
        _ => rule.IsOfTarget ? "pass over" : "refuse",
    };
}
