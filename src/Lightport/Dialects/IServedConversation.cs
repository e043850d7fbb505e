using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>A served operation that can also be put to providers that do not speak this dialect.</summary>
public interface IServedConversation : IServed
{
    /// <summary>The operation that providers are asked for instead: a completion is asked for as a chat.</summary>
    Operation AskedAs { get; }

    /// <summary>
    /// Clients are told the gateway's runs of tools inside an answer, and bring them back with it; where false they see
    /// nothing of a round but its words.
    /// </summary>
    bool ShowsRuns => false;

    /// <summary>Clients that see nothing of a round can be told of it in a field of the gateway's own.</summary>
    bool TellsRuns => false;

    /// <summary>Clients can be asked whether a tool may be called.</summary>
    bool AsksForApproval => false;

    /// <exception cref="GatewayException">
    /// It is malformed, or holds too many pieces; the error names the field.
    /// </exception>
    /// <exception cref="OperationCanceledException">The client has gone meanwhile.</exception>
    ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken);

    /// <summary>An encoder for the one answer of this request, from however many providers it comes.</summary>
    /// <param name="conversation">The request as it was decoded; null where its bytes passed unread.</param>
    IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context);
}
