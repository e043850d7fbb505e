using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;

namespace Lightport.Admission;

/// <summary>Either who is calling or why they may not.</summary>
internal readonly struct AdmissionResult
{
    public AdmissionResult(Caller caller) => Caller = caller;

    public AdmissionResult(GatewayError error) => Error = error;

    public Caller? Caller { get; }

    public GatewayError? Error { get; }

    [MemberNotNullWhen(true, nameof(Caller))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Admitted => Caller is not null;
}
