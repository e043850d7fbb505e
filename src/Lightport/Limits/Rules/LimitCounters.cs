using Lightport.Storage;

namespace Lightport.Limits.Rules;

/// <summary>All counters of one limit for one subject.</summary>
internal sealed class LimitCounters
{
    private const decimal NanoDollars = 1_000_000_000m;

    public LimitCounters(LimitRule rule, string subject)
    {
        (Rule, Subject) = (rule, subject);
        LimitAmounts amounts = rule.Amounts;
        Requests = Of(amounts.RequestsPerMinute, LimitMeasure.Requests, LimitPeriod.Minute);
        Tokens = Of(amounts.TokensPerMinute, LimitMeasure.Tokens, LimitPeriod.Minute);
        Concurrent = Of(amounts.Concurrent, LimitMeasure.Concurrent, LimitPeriod.WhileHeld);
        Money =
        [
            .. amounts.Budgets.Select(budget =>
                Of((long)(budget.Usd * NanoDollars), LimitMeasure.Money, PeriodOf(budget.Per))!),
        ];
    }

    public LimitRule Rule { get; }

    /// <summary>As <see cref="LimitCounter.Subject"/>.</summary>
    public string Subject { get; }

    /// <summary>Null where requests are not limited; so the others.</summary>
    public LimitCounter? Requests { get; }

    public LimitCounter? Tokens { get; }

    public LimitCounter? Concurrent { get; }

    public IReadOnlyList<LimitCounter> Money { get; }

    /// <summary>All that the limit counts for this subject.</summary>
    public IEnumerable<LimitCounter> All =>
        new[] { Requests, Tokens, Concurrent }.OfType<LimitCounter>().Concat(Money);

    private LimitCounter? Of(long? most, LimitMeasure measure, LimitPeriod period) => most is not { } amount
        ? null
        : new LimitCounter(Rule.Name, Subject, measure, period, amount)
        {
            OpenWhenUnknown = Rule.OpenWhenUnknown ?? measure != LimitMeasure.Money,
        };

    private static LimitPeriod PeriodOf(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Day => LimitPeriod.Day,
        BudgetPeriod.Month => LimitPeriod.Month,
        _ => LimitPeriod.Ever,
    };
}
