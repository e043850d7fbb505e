using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// A served operation whose requests may name files, and what is kept as files are, in a provider's account.
/// </summary>
public interface IServedFiles
{
    /// <summary>All that a request names there, each id once.</summary>
    /// <exception cref="GatewayException">They are more than any conversation has.</exception>
    IReadOnlyList<AccountReference> Files(ClientRequest request);
}
