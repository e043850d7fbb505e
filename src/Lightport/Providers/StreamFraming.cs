namespace Lightport.Providers;

/// <summary>How a streamed answer is cut into frames, as an endpoint says it.</summary>
public enum StreamFraming
{
    /// <summary>Server-sent events: <c>sse</c>.</summary>
    ServerSentEvents,

    /// <summary>One JSON value a line: <c>ndjson</c>.</summary>
    JsonLines,

    /// <summary>One JSON array, an element a frame: <c>json-array</c>.</summary>
    JsonArray,

    /// <summary>Binary messages with headers and checksums: <c>aws-event-stream</c>.</summary>
    AwsEventStream,
}
