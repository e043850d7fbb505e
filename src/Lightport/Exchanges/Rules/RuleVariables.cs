using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.Rules;
using Lightport.Routing.State;

namespace Lightport.Exchanges.Rules;

/// <summary>What rules may read of one request; each is made when the first rule asks for it.</summary>
internal sealed class RuleVariables(
    Exchange exchange, RoutingTable table, TargetStates states, KeySpend spend) : ICelObject
{
    private CelValue? _metadata;

    /// <summary>Why the conversation could not be read, where a rule asked for it and it could not.</summary>
    public GatewayException? Unreadable { get; private set; }

    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            RuleLanguage.Request => CelValue.Of(new RequestVariable(exchange, this)),
            RuleLanguage.Prompt => PromptText.Of(exchange, this),
            RuleLanguage.Key => CelValue.Of(new KeyVariable(exchange, spend)),
            RuleLanguage.Headers => CelValue.Of(new HeaderMap(exchange.Context.Request.Headers)),
            RuleLanguage.Metadata => _metadata ?? RequestMetadata.Read(exchange.Context.Request.Headers),
            RuleLanguage.Now => CelValue.Of(exchange.Clock.GetUtcNow()),
            RuleLanguage.Health => CelValue.Of(new HealthMap(table, states, exchange.Stream)),
            _ => default,
        };
        return value.Kind != CelKind.Null;
    }

    /// <exception cref="GatewayException">What the client says of its request is malformed.</exception>
    public void CheckMetadata() => _metadata = RequestMetadata.Read(exchange.Context.Request.Headers);

    /// <summary>The conversation; null where the request is none, or cannot be read as one.</summary>
    public ChatRequest? Conversation()
    {
        try
        {
            return Unreadable is null ? exchange.Conversation as ChatRequest : null;
        }
        catch (GatewayException e)
        {
            Unreadable = e;
            return null;
        }
    }
}
