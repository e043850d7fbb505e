using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Exchanges.Rules;

/// <summary>What is asked: <c>request</c>.</summary>
internal sealed class RequestVariable(Exchange exchange, RuleVariables variables) : ICelObject
{
    private CelValue? _parameters;
    private CelValue? _tools;
    private CelValue? _modalities;

    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            "model" => CelValue.Of(exchange.Model),
            "operation" => CelValue.Of(OperationWords.Of(exchange.Asked.Operation)),
            "dialect" => CelValue.Of(exchange.Asked.Dialect),
            "stream" => CelValue.Of(exchange.Stream),
            "params" => _parameters ??= CelValue.Of(new ParameterMap(exchange)),
            "tools" => _tools ??= Tools(),
            "modalities" => _modalities ??= RequestModalities.Of(exchange, variables),
            "tokens" => CelValue.Of(exchange.Request.EstimatedTokens),
            _ => default,
        };
        return value.Kind != CelKind.Null;
    }

    /// <summary>Every dialect lists its tools under one of two names: most requests need not be decoded.</summary>
    private CelValue Tools() =>
        exchange.Served is not IServedConversation || (exchange.Request.IsJson && !ListsTools())
            ? CelValue.Of(CelList.Empty)
            : variables.Conversation() is { } conversation
                ? CelValue.Of(CelList.Of(conversation.Tools.Select(tool => tool.Name)))
                : CelValue.Error("the request's tools cannot be read");

    private bool ListsTools() =>
        exchange.Request.Json.TryGet("tools", out _) || exchange.Request.Json.TryGet("functions", out _);
}
