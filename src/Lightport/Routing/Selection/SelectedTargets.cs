using Lightport.Conversation;
using Lightport.Routing.Eligibility;

namespace Lightport.Routing.Selection;

/// <summary>The targets of one request.</summary>
/// <param name="Targets">In the order to try them; none only where all were passed over.</param>
/// <param name="PassedOver">Those that something speaks against, in the order of the route: those of
/// <see cref="FilterEffect.Defers"/> stand last among the targets, the others nowhere.</param>
internal readonly record struct SelectedTargets(IReadOnlyList<Target> Targets, IReadOnlyList<PassedOver> PassedOver)
{
    /// <summary>What the client is told where no target is left.</summary>
    public GatewayError NoneLeft(string model) => new(
        ErrorStage.Routing,
        ErrorKind.InvalidRequest,
        400,
        $"No target of '{model}' can take this request. "
            + string.Join(' ', PassedOver))
    {
        Code = "no_target_can",
    };
}
