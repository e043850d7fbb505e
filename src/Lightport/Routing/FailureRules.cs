using Lightport.Conversation;
using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>What a failed attempt means for the rest of its request.</summary>
internal static class FailureRules
{
    /// <summary>
    /// Whether the same target is worth another attempt. The provider's own word goes before the policy.
    /// </summary>
    public static bool IsRetried(GatewayError error, RetryPolicy policy) =>
        error.Kind != ErrorKind.Canceled && (error.ShouldRetry ?? Covers(policy, error));

    /// <summary>
    /// Whether no other target is asked either: the request itself is at fault (invalid, too large, too long for the
    /// model, filtered), so another would refuse it too, or answer what the first was right to refuse; or a limit of
    /// the gateway's own that is no target's refuses it. Everything else (key refused, model unknown there, quota, rate
    /// limit, 5xx, connection, time) is that target's own trouble, and so is what it alone cannot be told
    /// (<see cref="ErrorStage.Encode"/>).
    /// </summary>
    public static bool IsFinal(GatewayError error) =>
        error.Kind == ErrorKind.Canceled
        || (error.Stage == ErrorStage.Limits && !error.Retryable)
        || (error.Stage != ErrorStage.Encode && error.Kind is ErrorKind.InvalidRequest or ErrorKind.RequestTooLarge
            or ErrorKind.ContextLength or ErrorKind.ContentFilter);

    /// <summary>
    /// What the end of a call says of its target: it failed where its provider did, and neither the request was at
    /// fault nor, where the client brought its own key, that key.
    /// </summary>
    /// <param name="error">Null where the answer came.</param>
    public static CallVerdict Verdict(GatewayError? error, bool bringsKey) => error switch
    {
        null => CallVerdict.Alive,
        { Provider: null } or { Kind: ErrorKind.Canceled } => CallVerdict.Unknown,
        _ when IsFinal(error) => CallVerdict.Alive,
        _ when bringsKey && error.Kind is ErrorKind.Authentication or ErrorKind.Permission or ErrorKind.RateLimit
            or ErrorKind.QuotaExceeded => CallVerdict.Alive,
        _ => CallVerdict.Failed,
    };

    private static bool Covers(RetryPolicy policy, GatewayError error) => error.Stage switch
    {
        ErrorStage.Connect => policy.Connect,
        ErrorStage.FirstByte or ErrorStage.Stream when error.Kind == ErrorKind.Timeout => policy.Timeout,

        // A quota does not come back within a pause, and neither a missing secret nor an unsupported field heals.
        _ when error.Kind == ErrorKind.QuotaExceeded => false,
        ErrorStage.Secret or ErrorStage.Encode => false,
        _ => policy.Statuses.Contains(error.Status),
    };
}
