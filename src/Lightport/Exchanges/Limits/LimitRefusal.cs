using Lightport.Conversation;
using Lightport.Limits;
using Lightport.Limits.Rules;

namespace Lightport.Exchanges.Limits;

/// <summary>A counter that had not enough left.</summary>
/// <param name="Asked">In the counter's unit.</param>
internal readonly record struct LimitRefusal(LimitRule Rule, LimitCounter Counter, LimitGrant Grant, long Asked)
{
    /// <summary>What most of it was for, and so what would help.</summary>
    public RefusedPart Part { get; init; }

    public GatewayError Error(Exchange exchange) =>
        LimitErrors.Refused(exchange, Counter, Grant, Asked, passes: Rule.IsOfTarget, Part);

    /// <summary>How long answers could be with what is left, in tokens; not above zero where none could.</summary>
    public long Fits(in AttemptBound bound) => Counter.Measure switch
    {
        _ when Grant.IsUnknown => 0,
        LimitMeasure.Money => bound.OutputFor(Grant.Left),
        LimitMeasure.Tokens => bound.OutputWithin(Grant.Left),
        _ => 0,
    };
}
