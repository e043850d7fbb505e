using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.Rules;
using Lightport.Routing.State;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// Asks the rules of a configuration about a request, and does what the first says that it meets: refuse it, change its
/// body, or note where it goes. Where there are no rules, nothing is looked at and nothing allocated.
/// </summary>
internal sealed class RequestRules(TargetStates states, KeySpend spend)
{
    /// <param name="trials">Takes every rule that was tried; null where nobody asks.</param>
    /// <exception cref="GatewayException">
    /// A rule refuses the request, or what it asks the rules to go by is malformed.
    /// </exception>
    public void Apply(Exchange exchange, RoutingTable table, List<RuleTrial>? trials = null)
    {
        if (table.Rules.IsEmpty)
        {
            return;
        }

        exchange.Spend = table.Rules.ReadsSpend ? spend : null;
        var variables = new RuleVariables(exchange, table, states, spend);
        if (table.Rules.ReadsMetadata)
        {
            variables.CheckMetadata();
        }

        var run = new RuleRun(
            RuleLanguage.Environment.Bind(variables), new CelMeter(cancellation: exchange.Aborted), exchange)
        {
            Trials = trials,
        };
        RouteRule? rule = run.First(table.Rules);
        exchange.Aborted.ThrowIfCancellationRequested();
        exchange.FailedRules = run.Failed;
        exchange.Rule = rule ?? run.Refusing;
        if (run.Refusing is not null)
        {
            throw variables.Unreadable ?? RuleErrors.NotEvaluated();
        }

        if (rule is not null)
        {
            Follow(exchange, rule);
        }
    }

    private static void Follow(Exchange exchange, RouteRule rule)
    {
        exchange.Tag = rule.Tag;
        if (rule.Deny is { } message)
        {
            throw RuleErrors.Denied(message);
        }

        // What a rule sets says how to answer, which an endpoint that only counts refuses.
        if (rule.Set.Count > 0 && !exchange.IsCount)
        {
            BodySettings.Apply(exchange, rule.Set);
        }
    }
}
