using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>How one attempt went: a value, from then on shown to the client, or an error.</summary>
internal readonly struct AttemptOutcome<T>
{
    public AttemptOutcome(T value) => Value = value;

    public AttemptOutcome(GatewayError error) => Error = error;

    public T? Value { get; }

    public GatewayError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;
}
