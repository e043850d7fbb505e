namespace Lightport.Transport.Framing;

/// <summary>One JSON value a line (https://github.com/ndjson/ndjson-spec); empty lines make no frame.</summary>
internal sealed class JsonLineFrameReader(int maxFrameBytes = FrameReader.DefaultMaxFrameBytes)
    : FrameReader(maxFrameBytes)
{
    private int _searched;

    public override bool TryRead(out Frame frame)
    {
        while (Pending[_searched..].IndexOf((byte)'\n') is >= 0 and var offset)
        {
            if (TryCut(_searched + offset + 1, out frame))
            {
                return true;
            }
        }

        _searched = Pending.Length;
        frame = default;
        return false;
    }

    public override bool TryReadLast(out Frame frame) => TryCut(Pending.Length, out frame);

    private bool TryCut(int length, out Frame frame)
    {
        ReadOnlySpan<byte> line = Pending[..length];
        ReadOnlySpan<byte> data = line.Trim(" \t\r\n"u8);
        Consume(length);
        _searched = 0;
        frame = new Frame([], data, line);
        return !data.IsEmpty;
    }
}
