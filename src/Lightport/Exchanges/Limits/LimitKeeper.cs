using Lightport.Admission;
using Lightport.Limits;
using Lightport.Limits.Rules;
using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>Finds the limits that a request meets. One that meets none costs a look at two fields.</summary>
/// <param name="ledger">Counts; null where nothing can be limited.</param>
internal sealed class LimitKeeper(BoundFinder bounds, AlertDesk alerts, ILimitLedger? ledger = null)
{
    /// <summary>Holds a request to its limits, and leads it elsewhere where a soft one is spent.</summary>
    /// <exception cref="Conversation.GatewayException">A limit refuses it.</exception>
    public async ValueTask EnterAsync(Exchange exchange, LimitTable table, RoutingTable routing)
    {
        exchange.Limits = For(exchange, table);
        if (exchange.Limits is { } limits
            && await limits.EnterAsync(exchange.Aborted).ConfigureAwait(false) is { } other)
        {
            exchange.Route = routing.LedTo[other];
        }
    }

    /// <summary>Null where nothing limits it.</summary>
    /// <exception cref="Conversation.GatewayException">Limits are configured, and nothing here can count.</exception>
    public RequestLimits? For(Exchange exchange, LimitTable table)
    {
        Caller caller = exchange.Caller!;
        if (table.Rules.Count == 0 && caller.Limits is null)
        {
            return null;
        }

        string? route = exchange.Route?.Name;
        List<LimitCounters>? own = null;
        List<LimitSubjects>? ofTargets = null;
        for (int i = 0; i < table.Rules.Count; i++)
        {
            LimitSubjects limit = table.Rules[i];
            if (!limit.Rule.Match.IsFor(caller.Name, caller.Tags, route))
            {
                continue;
            }

            if (limit.Rule.IsOfTarget)
            {
                // What has no route goes to no target.
                if (route is not null)
                {
                    (ofTargets ??= []).Add(limit);
                }
            }
            else if (SubjectOf(limit.Rule, exchange) is { } value)
            {
                (own ??= []).Add(limit.Of(value));
            }
        }

        if (caller.Limits is { } amounts)
        {
            (own ??= []).Add(table.OfKey(amounts, caller.KeyId ?? caller.Name));
        }

        return own is null && ofTargets is null
            ? null
            : new RequestLimits(
                exchange,
                own ?? [],
                ofTargets ?? [],
                bounds,
                new LimitTaker(ledger ?? throw LimitErrors.NoLedger(), alerts, table.Webhook));
    }

    /// <summary>Whose counter of a limit it is; null where the request has none of its own.</summary>
    /// <param name="target">Null where it is not asked yet.</param>
    public static string? SubjectOf(LimitRule rule, Exchange exchange, Target? target = null) => rule.Per switch
    {
        LimitSubject.All => "",
        LimitSubject.Key => exchange.Caller!.KeyId ?? exchange.Caller.Name,
        LimitSubject.Tag => exchange.Caller!.Tags.GetValueOrDefault(rule.Tag!),
        LimitSubject.Model => target!.Model.ToLowerInvariant(),
        LimitSubject.Provider => target!.Provider.Name,
        _ => exchange.Route?.Name,
    };
}
