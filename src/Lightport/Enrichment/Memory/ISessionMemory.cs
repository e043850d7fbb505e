using Lightport.Admission;
using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Keeps what the gateway put into conversations, so that a later turn finds it: by its caller and by the turns that
/// the client brings back. Bounded, and forgotten after a while.
/// </summary>
internal interface ISessionMemory
{
    /// <summary>
    /// What was put into the conversation whose turns up to and with the last assistant's are these; empty for a new
    /// one.
    /// </summary>
    /// <exception cref="Storage.StoreException">The store cannot be asked.</exception>
    ValueTask<Session> FindAsync(Caller caller, ChatRequest request, CancellationToken cancellationToken);

    /// <summary>Keeps it for the turn that brings back these turns and this answer.</summary>
    /// <param name="request">As the client said it, without what was put in.</param>
    /// <param name="answer">The assistant's turn as the client was told it.</param>
    /// <returns>False where it is too large to be kept.</returns>
    /// <exception cref="Storage.StoreException">The store cannot take it.</exception>
    ValueTask<bool> KeepAsync(
        Caller caller, ChatRequest request, Message answer, Session session, CancellationToken cancellationToken);
}
