using Lightport.Dialects;

namespace Lightport.Strangers.Frames;

/// <summary>A chat that only providers hear: signed requests, binary messages for an answer.</summary>
internal static class FramesDialect
{
    public const string Id = "frames";

    public static DialectOperation Chat { get; } = new(Id, Operation.Chat) { Spoken = new FramesSpoken() };

    /// <summary>What a host would have in a file of its own.</summary>
    public static ReadOnlyMemory<byte> Provider { get; } = """
        {
          "id": "frames", "name": "Frames", "source": "https://frames.example/docs",
          "base-url": "https://frames.example",
          "auth": { "scheme": "signer", "key": "FRAMES_KEY", "name": "frames-hmac" },
          "endpoints": { "frames": { "path": "/model/{model}/say", "stream-path": "/model/{model}/say-stream" } }
        }
        """u8.ToArray();
}
