using Lightport.Dialects;
using Lightport.Limits;
using Lightport.Limits.Rules;

namespace Lightport.Exchanges.Limits;

/// <summary>Takes parts of counters for one request, and remembers what its client is to be told of them.</summary>
internal sealed class LimitTaker(ILimitLedger ledger, AlertDesk alerts, AlertWebhook? webhook)
{
    private List<LimitRefusal>? _refusals;
    private List<RateNoted>? _rates;

    /// <summary>The counters that had not enough left.</summary>
    public IReadOnlyList<LimitRefusal> Refusals => _refusals ?? (IReadOnlyList<LimitRefusal>)[];

    /// <summary>Takes so much, or tells what was left instead.</summary>
    public async ValueTask<LimitRefusal?> TakeAsync(
        LimitCounters of, LimitCounter counter, long amount, HoldList into, CancellationToken cancellationToken)
    {
        LimitGrant grant = await ledger.ReserveAsync(counter, amount, cancellationToken).ConfigureAwait(false);
        if (!grant.IsUnknown)
        {
            Note(of.Rule, counter, grant, grant.Hold is null ? null : into);
            alerts.Look(of.Rule, counter, grant, amount, webhook);
        }

        if (grant.Hold is { } hold)
        {
            into.Add(hold, counter, amount);
            return null;
        }

        var refusal = new LimitRefusal(of.Rule, counter, grant, amount);
        (_refusals ??= []).Add(refusal);
        return refusal;
    }

    /// <summary>
    /// What the client is told of its rates in headers. Of several of a kind, it is told the one that has the least
    /// left: it meets that first.
    /// </summary>
    public void Tell(IClientFamily family, DateTimeOffset now, ICollection<KeyValuePair<string, string>> headers)
    {
        Tell(LimitMeasure.Requests, "requests", family, now, headers);
        Tell(LimitMeasure.Tokens, "tokens", family, now, headers);
    }

    private void Tell(
        LimitMeasure measure,
        string unit,
        IClientFamily family,
        DateTimeOffset now,
        ICollection<KeyValuePair<string, string>> headers)
    {
        RateTold? least = null;
        for (int i = 0; i < _rates?.Count; i++)
        {
            RateNoted rate = _rates[i];
            if (rate.Counter.Measure == measure && (least is not { } other || rate.Left < other.Left))
            {
                least = new RateTold(unit, rate.Counter.Most, rate.Left, rate.ResetsAt);
            }
        }

        if (least is { } told)
        {
            family.TellRate(told, now, headers);
        }
    }

    /// <param name="into">Where what was taken of it is held, as the last of all; null where nothing was.</param>
    private void Note(LimitRule rule, LimitCounter counter, in LimitGrant grant, HoldList? into)
    {
        if (rule.IsSoft || rule.IsOfTarget || grant.ResetsAt is not { } reset
            || counter.Measure is not (LimitMeasure.Requests or LimitMeasure.Tokens))
        {
            return;
        }

        // Each attempt asks anew, and the newest knows best.
        _rates ??= new(2);
        _rates.RemoveAll(rate => rate.Counter == counter);
        _rates.Add(new RateNoted(counter, grant.Left, reset, into, into?.All.Count ?? 0));
    }
}
