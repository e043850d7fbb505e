using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>
/// Where a request goes after a failure of one kind, before or in place of the route's other targets. A filtered answer
/// or a prompt that is too long is a request's own fault, and goes nowhere else unless it is written here.
/// </summary>
/// <param name="ContextLength">After a prompt that was too long for the model.</param>
/// <param name="ContentFilter">After a request or an answer that was filtered.</param>
/// <param name="RateLimit">After a rate limit or an exhausted quota.</param>
public sealed record FallbackLists(
    IReadOnlyList<Target> ContextLength,
    IReadOnlyList<Target> ContentFilter,
    IReadOnlyList<Target> RateLimit)
{
    /// <summary>Null where nothing is said of such a failure.</summary>
    internal IReadOnlyList<Target>? After(ErrorKind kind) => kind switch
    {
        ErrorKind.ContextLength => Said(ContextLength),
        ErrorKind.ContentFilter => Said(ContentFilter),
        ErrorKind.RateLimit or ErrorKind.QuotaExceeded => Said(RateLimit),
        _ => null,
    };

    /// <summary>The same, with each list changed.</summary>
    internal FallbackLists Select(Func<IReadOnlyList<Target>, IReadOnlyList<Target>> change) =>
        new(change(ContextLength), change(ContentFilter), change(RateLimit));

    private static IReadOnlyList<Target>? Said(IReadOnlyList<Target> targets) => targets.Count > 0 ? targets : null;
}
