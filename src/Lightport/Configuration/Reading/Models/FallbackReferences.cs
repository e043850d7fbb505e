namespace Lightport.Configuration.Reading;

/// <summary>Where an entry's requests go when its targets fail, before names are looked up.</summary>
/// <param name="Any">After any failure that is not the request's own fault.</param>
/// <param name="ContextLength">After a prompt that was too long; like the others it may be empty.</param>
/// <param name="ContentFilter">After a request or an answer that was filtered.</param>
/// <param name="RateLimit">After a rate limit or an exhausted quota.</param>
internal sealed record FallbackReferences(
    IReadOnlyList<ModelReference> Any,
    IReadOnlyList<ModelReference> ContextLength,
    IReadOnlyList<ModelReference> ContentFilter,
    IReadOnlyList<ModelReference> RateLimit)
{
    public static FallbackReferences None { get; } = new([], [], [], []);
}
