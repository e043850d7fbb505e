using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;
using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>How a request went, with every attempt that was made.</summary>
/// <param name="outcome">The last attempt's, or the deadline's error.</param>
/// <param name="attempts">In order; empty only where the client was gone before the first.</param>
/// <param name="answering">The call that is answered; null where none is.</param>
internal readonly struct AttemptResult<T>(
    AttemptOutcome<T> outcome,
    IReadOnlyList<AttemptRecord> attempts,
    TargetCall? answering = null)
{
    public T? Value { get; } = outcome.Value;

    public GatewayError? Error { get; } = outcome.Error;

    public IReadOnlyList<AttemptRecord> Attempts { get; } = attempts;

    /// <summary>
    /// The call whose answer is on its way: whoever reads it calls <see cref="TargetCall.End"/> when it is over.
    /// </summary>
    public TargetCall? Answering { get; } = answering;

    /// <summary>Where the last attempt went.</summary>
    public Target? Target => Attempts is [.., AttemptRecord last] ? last.Target : null;

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;
}
