using System.Collections.Concurrent;
using Lightport.Limits;
using Lightport.Limits.Rules;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// Tells, once for each share of a budget and each of its periods, that it is used so far: to the log, and to a
/// webhook. That it is once over all instances, the ledger itself counts. What is held counts as used, but for the
/// request's own.
/// </summary>
/// <param name="ledger">Null where nothing can be limited.</param>
internal sealed class AlertDesk(
    AlertSender sender, TimeProvider time, ILogger<AlertDesk> logger, ILimitLedger? ledger = null)
{
    /// <summary>So many alerts at once wait for a webhook; what comes beside them stands in the log alone.</summary>
    private const int MostAtOnce = 100;

    private const int MostRemembered = 10_000;
    private const int Percent = 100;

    private readonly ConcurrentDictionary<LimitCounter, Told> _told = new();
    private int _underWay;

    /// <summary>A budget was asked for a part of it.</summary>
    /// <param name="webhook">Null where the log alone is told.</param>
    /// <param name="amount">What was asked for.</param>
    public void Look(LimitRule rule, LimitCounter counter, in LimitGrant grant, long amount, AlertWebhook? webhook)
    {
        if (counter.Measure != LimitMeasure.Money || rule.Alerts.Count == 0)
        {
            return;
        }

        long left = Math.Clamp(grant.Left + (grant.Hold is null ? 0 : amount), 0, counter.Most);
        int share = (int)((decimal)(counter.Most - left) * Percent / counter.Most);
        if (Passed(rule.Alerts, share) is not { } passed || !IsNew(counter, passed, grant.ResetsAt))
        {
            return;
        }

        var alert = new BudgetAlert(
            counter.Limit,
            counter.Subject,
            passed,
            NanoDollars.ToDollars(counter.Most),
            NanoDollars.ToDollars(left),
            grant.ResetsAt,
            time.GetUtcNow());
        _ = TellAsync(counter, alert, webhook);
    }

    /// <summary>The highest of the shares that is passed; null where none is.</summary>
    private static int? Passed(IReadOnlyList<int> alerts, int share)
    {
        int? passed = null;
        for (int i = 0; i < alerts.Count && alerts[i] <= share; i++)
        {
            passed = alerts[i];
        }

        return passed;
    }

    private bool IsNew(LimitCounter counter, int passed, DateTimeOffset? period)
    {
        if (_told.TryGetValue(counter, out Told? told) && told.Period == period && told.Percent >= passed)
        {
            return false;
        }

        if (_told.Count >= MostRemembered)
        {
            _told.Clear();
        }

        _told[counter] = new Told(period, passed);
        return true;
    }

    private async Task TellAsync(LimitCounter counter, BudgetAlert alert, AlertWebhook? webhook)
    {
        try
        {
            // One of one, whoever takes it: of all instances the first tells.
            var once = new LimitCounter(
                $"alert:{alert.Percent}:{counter.Limit}", counter.Subject, LimitMeasure.Requests, counter.Period, 1)
            {
                OpenWhenUnknown = true,
            };
            LimitGrant grant = await ledger!.ReserveAsync(once, 1, CancellationToken.None).ConfigureAwait(false);
            if (grant.Hold is null && !grant.IsUnknown)
            {
                return;
            }

            grant.Hold?.Settle(1);
            LimitLog.BudgetUsed(
                logger, alert.Limit, LogWord.Of(alert.Subject)!, alert.Percent, alert.LeftUsd, alert.Usd);
            if (webhook is not null)
            {
                await SendAsync(webhook, alert).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // Nobody waits for it: whatever it was, the request that met the budget has gone on.
            LimitLog.NotAlerted(logger, alert.Limit, alert.Percent, e.GetType().Name);
        }
    }

    private async Task SendAsync(AlertWebhook webhook, BudgetAlert alert)
    {
        try
        {
            if (Interlocked.Increment(ref _underWay) <= MostAtOnce)
            {
                await sender.SendAsync(webhook, alert).ConfigureAwait(false);
            }
            else
            {
                LimitLog.NotAlerted(logger, alert.Limit, alert.Percent, "too many alerts wait for the webhook");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private sealed record Told(DateTimeOffset? Period, int Percent);
}
