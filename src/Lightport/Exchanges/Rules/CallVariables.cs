using Lightport.Cel;
using Lightport.Routing.Rules;

namespace Lightport.Exchanges.Rules;

/// <summary>What <c>mcp.rules</c> may read of one call.</summary>
internal sealed class CallVariables(Exchange exchange, CallFacts call, KeySpend spend) : ICelObject
{
    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            CallLanguage.Call => CelValue.Of(call),
            RuleLanguage.Key => CelValue.Of(new KeyVariable(exchange, spend)),
            RuleLanguage.Headers => CelValue.Of(new HeaderMap(exchange.Context.Request.Headers)),
            RuleLanguage.Now => CelValue.Of(exchange.Clock.GetUtcNow()),
            _ => default,
        };
        return value.Kind != CelKind.Null;
    }
}
