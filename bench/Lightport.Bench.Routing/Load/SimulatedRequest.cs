using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Bench.Routing.Load;

/// <summary>One request of a client.</summary>
/// <param name="At">When it comes, from the beginning of the run.</param>
/// <param name="Session">Whose it is; its earlier turns are the beginning of its prompt.</param>
/// <param name="Affinity">What tells the router that two requests are of one session.</param>
internal sealed record SimulatedRequest(
    int Number, TimeSpan At, int Session, ulong Affinity, int PromptTokens, int AnswerTokens)
    : IRoutedRequest
{
    public ulong AffinityBy(AffinityKey key) => Affinity;
}
