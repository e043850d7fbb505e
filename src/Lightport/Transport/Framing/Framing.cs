namespace Lightport.Transport.Framing;

/// <summary>How a streaming body is cut into frames.</summary>
/// <param name="MediaType">What such a body says it is; null where it may say anything.</param>
/// <param name="IsText">The frames are UTF-8 text: what is broken of it can be mended.</param>
/// <param name="CreateReader">A reader for one body.</param>
public sealed record Framing(string? MediaType, bool IsText, Func<FrameReader> CreateReader)
{
    /// <summary>Server-sent events.</summary>
    public static Framing Events { get; } = new("text/event-stream", IsText: true, static () => new SseFrameReader())
    {
        End = "\n\n"u8.ToArray(),
    };

    /// <summary>One JSON value a line.</summary>
    public static Framing JsonLines { get; } = new(null, IsText: true, static () => new JsonLineFrameReader())
    {
        End = "\n"u8.ToArray(),
    };

    /// <summary>One JSON array, an object a frame; it says no more than that it is JSON.</summary>
    public static Framing JsonArray { get; } = new(null, IsText: true, static () => new JsonArrayFrameReader());

    /// <summary>Binary messages with headers and checksums, as AWS streams them.</summary>
    public static Framing AwsEventStream { get; } = new(
        "application/vnd.amazon.eventstream", IsText: false, static () => new AwsEventStreamFrameReader())
    {
        HasTextData = true,
    };

    /// <summary>No frames: sound, a picture, whatever comes.</summary>
    public static Framing Bytes { get; } = new(null, IsText: false, static () => new ByteFrameReader());

    /// <summary>The data within the frames are UTF-8 text, though the frames around them may be none.</summary>
    public bool HasTextData { get; init; } = IsText;

    /// <summary>What closes a frame, for the last one of a body that broke off within it.</summary>
    public ReadOnlyMemory<byte> End { get; init; }

    /// <summary>Whether a body that says it is this is so framed; one that says nothing is believed to be.</summary>
    public bool Frames(string? mediaType) => MediaType is null || mediaType is null
        || MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
