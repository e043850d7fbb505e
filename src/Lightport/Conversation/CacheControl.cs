namespace Lightport.Conversation;

/// <summary>Marks the end of a prefix that the provider should keep.</summary>
/// <param name="TimeToLive">How long (<c>5m</c>, <c>1h</c>); null is the provider's default.</param>
public sealed record CacheControl(string? TimeToLive = null);
