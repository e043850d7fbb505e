namespace Lightport.Tests.Transport.Framing;

internal sealed class SseOutcome
{
    public List<SseEvent> Frames { get; } = [];

    /// <summary>The frame that the body ended without closing.</summary>
    public SseEvent? Last { get; set; }

    /// <summary>All frames' raw bytes, one after the other.</summary>
    public List<byte> Raw { get; } = [];
}
