using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Routing.Rules;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// Asks <c>mcp.rules</c> about a call at the gateway's own MCP server: the first whose condition holds refuses it, and
/// so does one that cannot be evaluated.
/// </summary>
internal sealed class CallRules(KeySpend spend)
{
    /// <exception cref="GatewayException">A rule refuses it.</exception>
    public void Check(Exchange exchange, RuleList rules, CallFacts call)
    {
        if (rules.IsEmpty)
        {
            return;
        }

        CelBindings bindings = CallLanguage.Environment.Bind(new CallVariables(exchange, call, spend));
        var run = new RuleRun(bindings, new CelMeter(cancellation: exchange.Aborted), exchange);
        RouteRule? rule = run.First(rules);
        exchange.Aborted.ThrowIfCancellationRequested();
        exchange.FailedRules = run.Failed;
        exchange.Rule = rule ?? run.Refusing;
        if (exchange.Rule is not null)
        {
            throw rule is null ? RuleErrors.NotEvaluated() : RuleErrors.Denied(rule.Deny!);
        }
    }
}
