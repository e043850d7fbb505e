using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>A served operation whose requests may name items of kept answers in place of saying them.</summary>
public interface IServedItems
{
    /// <summary>The last item that is only named, of those that the gateway made; null where there is none.</summary>
    KeptItem? LastNamed(ClientRequest request);

    /// <summary>
    /// Writes the request's body with each item in full that is named, as far as it stands in a kept answer or in what
    /// was asked for it.
    /// </summary>
    void Say(ClientRequest request, KeptAnswer answer, PooledBuffer output);
}
