using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Exchanges.Stages;

/// <summary>What a stage may know of a request, and change in it.</summary>
public sealed class StageContext
{
    private readonly Exchange _exchange;

    internal StageContext(Exchange exchange) => _exchange = exchange;

    /// <summary>The gateway's id of the request, for logs.</summary>
    public string RequestId => _exchange.RequestId;

    public Caller Caller => _exchange.Caller!;

    public Route Route => _exchange.Route!;

    /// <summary>
    /// What is asked for. Another in its place goes to the provider as events, whatever dialect it speaks.
    /// </summary>
    /// <exception cref="GatewayException">The request cannot be read as a conversation.</exception>
    public ModelRequest Conversation
    {
        get => _exchange.Conversation;
        set => _exchange.Conversation = value;
    }
}
