using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// A served operation whose requests may ask to be compared with an earlier one, of which the provider's account keeps
/// a fingerprint. They do without it: where the earlier one is not this client's, its id is left out and that told.
/// </summary>
public interface IServedComparison
{
    /// <summary>The field that names the earlier one, as a client would look for it among what was dropped.</summary>
    string ComparedField { get; }

    /// <summary>The ids of earlier ones that the request names: one where it is sound.</summary>
    IReadOnlyList<string> ComparedIn(ClientRequest request);

    /// <summary>Writes the request's body as if it were the first to be compared.</summary>
    void WriteUncompared(ClientRequest request, PooledBuffer output);
}
