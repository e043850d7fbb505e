namespace Lightport.Transport.Framing;

/// <summary>Takes what has come as one frame, for bodies that have none.</summary>
internal sealed class ByteFrameReader(int maxFrameBytes = FrameReader.DefaultMaxFrameBytes) : FrameReader(maxFrameBytes)
{
    public override bool TryRead(out Frame frame)
    {
        ReadOnlySpan<byte> bytes = Pending;
        frame = new Frame([], bytes, bytes);
        Consume(bytes.Length);
        return !bytes.IsEmpty;
    }

    public override bool TryReadLast(out Frame frame) => TryRead(out frame);
}
