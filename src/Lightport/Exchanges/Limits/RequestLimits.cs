using Lightport.Conversation;
using Lightport.Limits;
using Lightport.Limits.Rules;
using Lightport.Routing;
using Lightport.Usage;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// One request under its limits. Requests and places for running ones are held once, when it is let in; tokens and
/// money for each attempt, which is billed anew; what limits a target, when that is asked. All is settled when the
/// request is over, however it ends.
/// </summary>
/// <param name="own">The counters of limits that no target decides about.</param>
/// <param name="ofTargets">The limits of which the target asked decides whether they are met.</param>
internal sealed class RequestLimits(
    Exchange exchange,
    IReadOnlyList<LimitCounters> own,
    IReadOnlyList<LimitSubjects> ofTargets,
    BoundFinder bounds,
    LimitTaker taker)
{
    /// <summary>An answer that is cut shorter than this is worth less than a refusal, in tokens.</summary>
    internal const long LeastOutput = 1_024;

    /// <summary>Models that clients name, and nobody knows, share one counter: each invented name would be a new one.
    /// </summary>
    private const string OtherModels = "(other)";

    private const int MostTries = 3;

    private readonly HoldList _holds = new();
    private readonly List<HoldList> _ofRuns = [];
    private bool _isIn;
    private bool _isSettled;

    /// <summary>The soft limit that is spent and led the request elsewhere, by name; null where none did.</summary>
    public string? LedBy { get; private set; }

    /// <summary>What the client is told of its rates in headers.</summary>
    public void Tell(ICollection<KeyValuePair<string, string>> headers) =>
        taker.Tell(exchange.Family, exchange.Clock.GetUtcNow(), headers);

    /// <summary>Lets the request in.</summary>
    /// <returns>The route that a soft limit leads it to; null where none does.</returns>
    /// <exception cref="GatewayException">A limit refuses it.</exception>
    public async ValueTask<string?> EnterAsync(CancellationToken cancellationToken)
    {
        string? route = null;
        for (int i = 0; i < own.Count; i++)
        {
            LimitCounters counters = own[i];
            if (!counters.Rule.IsSoft)
            {
                Throw(await EnterAsync(counters, _holds, cancellationToken).ConfigureAwait(false));
            }
            else if (await IsSpentAsync(counters, cancellationToken).ConfigureAwait(false)
                && counters.Rule.Route is { } other && route is null && exchange is { Keeper: null, Route: not null })
            {
                (route, LedBy) = (other, counters.Rule.Name);
            }
        }

        _isIn = true;
        return route;
    }

    /// <summary>Holds what an attempt can use at most; nothing where nothing of it is limited.</summary>
    /// <exception cref="GatewayException">A limit refuses it: for good, or this target alone.</exception>
    public async ValueTask<AttemptHolds?> HoldAsync(Target target, CancellationToken cancellationToken)
    {
        if (Met(target) is not { } met)
        {
            return null;
        }

        AttemptBound bound = Bound(target, met);
        long output = bound.Output;
        for (int tries = 1; ; tries++)
        {
            var held = new AttemptHolds(bound, output);
            LimitRefusal? refusal;
            try
            {
                refusal = await HoldAsync(met, bound, output, held.Holds, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                held.Holds.Release();
                throw;
            }

            if (refusal is not { } refused)
            {
                return held;
            }

            held.Holds.Release();
            long fits = tries < MostTries && bound.CanSetOutput ? Math.Min(refused.Fits(bound), output - 1) : 0;
            if (fits < LeastOutput)
            {
                bool isOfPrompt = refused.Counter.Measure == LimitMeasure.Money && bound.Cost(0) > refused.Grant.Left;
                Throw(refused with { Part = isOfPrompt ? RefusedPart.Prompt : RefusedPart.Answer });
            }

            output = fits;
        }
    }

    /// <summary>Holds of budgets what runs of tools cost at most. What they are a target's is none of theirs.</summary>
    /// <exception cref="GatewayException">A budget refuses it.</exception>
    public async ValueTask<HoldList> HoldRunsAsync(decimal dollars, CancellationToken cancellationToken)
    {
        var held = new HoldList();
        LimitRefusal? refusal = null;
        try
        {
            foreach (LimitCounters counters in own.Where(counters => !counters.Rule.IsSoft))
            {
                for (int i = 0; i < counters.Money.Count && refusal is null; i++)
                {
                    refusal = await taker
                        .TakeAsync(counters, counters.Money[i], NanoDollars.Of(dollars), held, cancellationToken)
                        .ConfigureAwait(false);
                }
            }
        }
        catch
        {
            held.Release();
            throw;
        }

        if (refusal is { } refused)
        {
            held.Release();
            Throw(refused with { Part = RefusedPart.Runs });
        }

        _ofRuns.Add(held);
        return held;
    }

    /// <summary>The request is over: counts what all of it used.</summary>
    public void Settle()
    {
        if (_isSettled)
        {
            return;
        }

        _isSettled = true;
        long tokens = 0;
        long money = NanoDollars.Of(exchange.Runs.Costs.Dollars);
        for (int i = 0; i < exchange.Attempts.Count; i++)
        {
            Attempt attempt = exchange.Attempts[i];
            attempt.Held?.Settle(attempt);
            tokens += attempt.Usage?.Total ?? 0;
            money += attempt.Cost?.Dollars is { } dollars ? NanoDollars.Of(dollars) : 0;
        }

        for (int i = 0; i < _holds.All.Count; i++)
        {
            _holds.Settle(i, _holds.All[i].Measure switch
            {
                LimitMeasure.Requests when _isIn => 1,
                LimitMeasure.Tokens => tokens,
                LimitMeasure.Money => money,
                _ => 0,
            });
        }
    }

    /// <summary>All that the request meets, wherever of these targets it goes; for explanations.</summary>
    public IEnumerable<LimitCounters> MetAt(IEnumerable<Target> targets) => own.Concat(
        targets.SelectMany(target => ofTargets
                .Where(limit => limit.Rule.Match.IsForTarget(target.Provider.Name, target.Model))
                .Select(limit => SubjectOf(limit.Rule, target) is { } value
                    ? limit.Of(value)
                    : null))
            .OfType<LimitCounters>())
        .Distinct();

    /// <summary>Why a hard budget would refuse the request at a target whatever is left of it; null where it would not.
    /// </summary>
    public string? WhyUnbounded(LimitCounters counters, Target target) =>
        counters is { Rule.IsSoft: false, Money.Count: > 0 } && !exchange.IsFree
        && counters.Rule.Match.IsForTarget(target.Provider.Name, target.Model)
            ? bounds.Of(exchange, target, isPriced: true).Unpriced
            : null;

    /// <summary>What limits had to say of the request, for its record; all of it once it is settled.</summary>
    public IReadOnlyList<MetLimit> Told()
    {
        var told = new List<MetLimit>(_holds.All.Count + taker.Refusals.Count);
        Add(_holds);
        for (int i = 0; i < exchange.Attempts.Count; i++)
        {
            if (exchange.Attempts[i].Held is { } held)
            {
                Add(held.Holds);
            }
        }

        _ofRuns.ForEach(Add);
        foreach (LimitRefusal refusal in taker.Refusals)
        {
            if (refusal.Rule.Then == LimitEffect.Alert || (refusal.Rule.IsSoft && exchange.Route is null))
            {
                continue;
            }

            string outcome = refusal.Rule.IsSoft ? "routed" : "refused";
            told.Add(Facts(refusal.Counter, outcome) with { Asked = refusal.Asked });
        }

        return told;

        void Add(HoldList holds)
        {
            for (int i = 0; i < holds.All.Count; i++)
            {
                HeldPart part = holds.All[i];
                told.Add(Facts(part.Counter, "held") with { Asked = part.Asked, Used = part.Used });
            }
        }

        static MetLimit Facts(LimitCounter counter, string outcome) => new(counter.Limit, counter.Subject, outcome)
        {
            Unit = counter.Measure switch
            {
                LimitMeasure.Requests => "requests",
                LimitMeasure.Tokens => "tokens",
                LimitMeasure.Concurrent => "concurrent",
                _ => "nano_usd",
            },
        };
    }

    /// <summary>The counters that an attempt at this target must hold parts of; null where there are none.</summary>
    private List<LimitCounters>? Met(Target target)
    {
        List<LimitCounters>? met = null;
        for (int i = 0; i < own.Count; i++)
        {
            LimitCounters counters = own[i];
            if (!counters.Rule.IsSoft && !exchange.IsFree && (counters.Tokens is not null || counters.Money.Count > 0))
            {
                (met ??= []).Add(counters);
            }
        }

        for (int i = 0; i < ofTargets.Count; i++)
        {
            LimitRule rule = ofTargets[i].Rule;
            if (rule.Match.IsForTarget(target.Provider.Name, target.Model)
                && SubjectOf(rule, target) is { } value)
            {
                (met ??= []).Add(ofTargets[i].Of(value));
            }
        }

        return met;
    }

    private string? SubjectOf(LimitRule rule, Target target) =>
        rule.Per == LimitSubject.Model && target.NamedByClient && !bounds.Knows(target)
            ? OtherModels
            : LimitKeeper.SubjectOf(rule, exchange, target);

    /// <exception cref="GatewayException">Money is limited, and nothing bounds what this would cost.</exception>
    private AttemptBound Bound(Target target, List<LimitCounters> met)
    {
        LimitRule? budget = null;
        bool isLimited = false;
        for (int i = 0; i < met.Count && !exchange.IsFree; i++)
        {
            budget ??= met[i].Money.Count > 0 ? met[i].Rule : null;
            isLimited |= met[i].Tokens is not null || budget is not null;
        }

        AttemptBound bound = isLimited ? bounds.Of(exchange, target, budget is not null) : default;
        return bound.Unpriced is { } why
            ? throw new GatewayException(LimitErrors.NoBound(exchange, budget!.Name, why, budget.IsOfTarget))
            : bound;
    }

    private async ValueTask<LimitRefusal?> HoldAsync(
        List<LimitCounters> met,
        AttemptBound bound,
        long output,
        HoldList into,
        CancellationToken cancellationToken)
    {
        foreach (LimitCounters counters in met)
        {
            LimitRefusal? refusal = counters.Rule.IsOfTarget
                ? await EnterAsync(counters, into, cancellationToken).ConfigureAwait(false)
                : null;
            if (refusal is null && !exchange.IsFree && counters.Tokens is { } tokens)
            {
                refusal = await HoldTokensAsync(counters, tokens, bound, output, into, cancellationToken)
                    .ConfigureAwait(false);
            }

            for (int i = 0; i < counters.Money.Count && refusal is null && !exchange.IsFree; i++)
            {
                refusal = await taker
                    .TakeAsync(counters, counters.Money[i], bound.Cost(output), into, cancellationToken)
                    .ConfigureAwait(false);
            }

            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>
    /// A prompt's bytes are some four times its tokens: one that is likely to fit, and whose bound does not, takes the
    /// whole minute instead of being refused for ever.
    /// </summary>
    private ValueTask<LimitRefusal?> HoldTokensAsync(
        LimitCounters of,
        LimitCounter counter,
        in AttemptBound bound,
        long output,
        HoldList into,
        CancellationToken cancellationToken)
    {
        long likely = bound.LikelyTokens(output);
        return likely > counter.Most
            ? new(new LimitRefusal(of.Rule, counter, new LimitGrant(null, counter.Most, null), likely))
            : taker.TakeAsync(of, counter, Math.Min(bound.Tokens(output), counter.Most), into, cancellationToken);
    }

    /// <summary>A request, and a place for one that runs.</summary>
    private async ValueTask<LimitRefusal?> EnterAsync(
        LimitCounters counters, HoldList into, CancellationToken cancellationToken)
    {
        LimitRefusal? refusal = counters.Requests is { } requests
            ? await taker.TakeAsync(counters, requests, 1, into, cancellationToken).ConfigureAwait(false)
            : null;
        return refusal is null && counters.Concurrent is { } places
            ? await taker.TakeAsync(counters, places, 1, into, cancellationToken).ConfigureAwait(false)
            : refusal;
    }

    /// <summary>
    /// A soft limit's counters hold their least unit, which is refused where nothing is left, and count what was used
    /// in the end.
    /// </summary>
    private async ValueTask<bool> IsSpentAsync(LimitCounters counters, CancellationToken cancellationToken)
    {
        bool isSpent = await EnterAsync(counters, _holds, cancellationToken).ConfigureAwait(false) is
            { Grant.IsUnknown: false };
        if (exchange.IsFree)
        {
            return isSpent;
        }

        if (counters.Tokens is { } tokens)
        {
            isSpent |= await taker.TakeAsync(counters, tokens, 1, _holds, cancellationToken).ConfigureAwait(false) is
                { Grant.IsUnknown: false };
        }

        for (int i = 0; i < counters.Money.Count; i++)
        {
            isSpent |= await taker.TakeAsync(counters, counters.Money[i], 1, _holds, cancellationToken)
                .ConfigureAwait(false) is { Grant.IsUnknown: false };
        }

        return isSpent;
    }

    private void Throw(LimitRefusal? refusal)
    {
        if (refusal is { } refused)
        {
            throw new GatewayException(refused.Error(exchange));
        }
    }
}
