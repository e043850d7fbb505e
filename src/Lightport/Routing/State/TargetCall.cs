using Lightport.Conversation;

namespace Lightport.Routing.State;

/// <summary>One call to a target: in flight from when it is made to its answer's last byte.</summary>
/// <param name="State">The target's.</param>
/// <param name="Pass">What its breaker remembers of the call.</param>
internal readonly record struct TargetCall(TargetState State, BreakerPass Pass)
{
    /// <summary>The call is made.</summary>
    public void Begin() => State.Begin();

    /// <summary>It has succeeded; from now on its answer is on its way, up to <see cref="End"/>.</summary>
    public void Answer(TimeSpan took, bool stream) => State.Answer(Pass, took, stream);

    /// <summary>It has come to nothing before its answer began.</summary>
    public void Fail(GatewayError error, TimeSpan took, in SelectionFacts request) =>
        State.Fail(Pass, error, took, request);

    /// <summary>It is over; called once for each that has succeeded.</summary>
    /// <param name="error">How it failed; null where its answer came whole.</param>
    public void End(GatewayError? error, in SelectionFacts request) => State.End(Pass, error, request);

    /// <summary>It is over, and it was the gateway itself that failed.</summary>
    public void Release() => State.Release(Pass);
}
