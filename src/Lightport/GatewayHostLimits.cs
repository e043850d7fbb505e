namespace Lightport;

/// <summary>What stands in front of the gateway and ends requests by rules of its own.</summary>
public sealed record GatewayHostLimits
{
    /// <summary>Nothing does.</summary>
    public static GatewayHostLimits None { get; } = new();

    /// <summary>
    /// The longest that a client may be left without a first byte; null for any time. It ends answers that are not
    /// streamed: a stream is kept alive.
    /// </summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>What the last words of a stream take to a client at most, through whatever stands between.</summary>
    public TimeSpan Delivery { get; init; } = TimeSpan.FromSeconds(1);
}
