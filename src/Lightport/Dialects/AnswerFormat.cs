namespace Lightport.Dialects;

/// <summary>How an answer looks on the client's wire, beside its content.</summary>
/// <param name="MediaType">Null where it is the provider's own (sound, a picture).</param>
/// <param name="KeepAlive">
/// Bytes that say nothing, for a client that waits: a comment between events, white space between the elements of an
/// array, nothing at all inside a picture.
/// </param>
public sealed record AnswerFormat(string? MediaType, ReadOnlyMemory<byte> KeepAlive = default)
{
    /// <summary>One JSON value, sent whole.</summary>
    public static AnswerFormat Json { get; } = new("application/json");

    /// <summary>Server-sent events.</summary>
    public static AnswerFormat Events { get; } = new("text/event-stream", ": keep-alive\n\n"u8.ToArray());
}
