using Lightport.Conversation;
using Lightport.Routing.Selection;

namespace Lightport.Routing;

/// <summary>
/// What routing may ask of a request beside its <see cref="SelectionFacts"/>: each answer costs work, is found when it
/// is first asked for, and is kept.
/// </summary>
public interface IRoutedRequest
{
    /// <summary>
    /// The same number for all requests of one session, on every instance, and evenly spread over sessions: what keeps
    /// a session at one target.
    /// </summary>
    ulong Affinity { get; }

    /// <summary>What of a model the request needs; nothing beyond words where it does not say.</summary>
    RequestNeeds Needs => default;

    /// <summary>The same number for all requests that have this in common.</summary>
    ulong AffinityBy(AffinityKey key);
}
