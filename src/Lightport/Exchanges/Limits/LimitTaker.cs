using Lightport.Dialects;
using Lightport.Limits;
using Lightport.Limits.Rules;

namespace Lightport.Exchanges.Limits;

/// <summary>Takes parts of counters for one request, and remembers what its client is to be told of them.</summary>
internal sealed class LimitTaker(ILimitLedger ledger, AlertDesk alerts, AlertWebhook? webhook)
{
    private List<LimitRefusal>? _refusals;
    private RateTold? _requests;
    private RateTold? _tokens;

    /// <summary>The counters that had not enough left.</summary>
    public IReadOnlyList<LimitRefusal> Refusals => _refusals ?? (IReadOnlyList<LimitRefusal>)[];

    /// <summary>Takes so much, or tells what was left instead.</summary>
    public async ValueTask<LimitRefusal?> TakeAsync(
        LimitCounters of, LimitCounter counter, long amount, HoldList into, CancellationToken cancellationToken)
    {
        LimitGrant grant = await ledger.ReserveAsync(counter, amount, cancellationToken).ConfigureAwait(false);
        if (!grant.IsUnknown)
        {
            Note(of.Rule, counter, grant);
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

    /// <summary>What the client is told of its rates in headers.</summary>
    public void Tell(IClientFamily family, DateTimeOffset now, ICollection<KeyValuePair<string, string>> headers)
    {
        if (_requests is { } requests)
        {
            family.TellRate(requests, now, headers);
        }

        if (_tokens is { } tokens)
        {
            family.TellRate(tokens, now, headers);
        }
    }

    /// <summary>Of several rates, the client is told the one that has the least left: it meets that first.</summary>
    private void Note(LimitRule rule, LimitCounter counter, in LimitGrant grant)
    {
        if (rule.IsSoft || rule.IsOfTarget || grant.ResetsAt is not { } reset)
        {
            return;
        }

        if (counter.Measure == LimitMeasure.Requests)
        {
            Note(ref _requests, new RateTold("requests", counter.Most, Math.Max(0, grant.Left), reset));
        }
        else if (counter.Measure == LimitMeasure.Tokens)
        {
            Note(ref _tokens, new RateTold("tokens", counter.Most, Math.Max(0, grant.Left), reset));
        }
    }

    private static void Note(ref RateTold? known, in RateTold rate)
    {
        if (known is not { } other || other.Most == rate.Most || rate.Left < other.Left)
        {
            known = rate;
        }
    }
}
