using System.Buffers.Binary;

namespace Lightport.Transport.Framing;

/// <summary>
/// Binary messages with headers and checksums, as AWS streams them
/// (https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html). A frame's name is its event's, exception's or
/// error's; its other headers are read by <see cref="AwsEventStreamHeaders"/>. A message that is not whole is no frame.
/// </summary>
internal class AwsEventStreamFrameReader(int maxFrameBytes = FrameReader.DefaultMaxFrameBytes)
    : FrameReader(maxFrameBytes)
{
    /// <summary>Total length, length of the headers, checksum of the two: four bytes each.</summary>
    internal const int PreludeBytes = 12;

    private const int ChecksumBytes = 4;
    private readonly int _maxFrameBytes = maxFrameBytes;

    public override bool TryRead(out Frame frame)
    {
        frame = default;
        ReadOnlySpan<byte> pending = Pending;
        if (pending.Length < PreludeBytes)
        {
            return false;
        }

        (int total, int headers) = ReadPrelude(pending);
        if (pending.Length < total)
        {
            return false;
        }

        ReadOnlySpan<byte> message = pending[..total];
        Check(message, total - ChecksumBytes);
        ReadOnlySpan<byte> data = message[(PreludeBytes + headers)..^ChecksumBytes];
        frame = new Frame(AwsEventStreamHeaders.NameOf(message), data, message);
        Consume(total);
        return true;
    }

    public override bool TryReadLast(out Frame frame)
    {
        frame = default;
        return false;
    }

    private (int Total, int Headers) ReadPrelude(ReadOnlySpan<byte> message)
    {
        Check(message, PreludeBytes - ChecksumBytes);
        uint total = BinaryPrimitives.ReadUInt32BigEndian(message);
        uint headers = BinaryPrimitives.ReadUInt32BigEndian(message[4..]);
        if (total < PreludeBytes + ChecksumBytes || headers > total - PreludeBytes - ChecksumBytes)
        {
            throw new MalformedFrameException("a message's lengths contradict each other");
        }

        return total > _maxFrameBytes
            ? throw new FrameTooLargeException(_maxFrameBytes)
            : ((int)total, (int)headers);
    }

    /// <param name="covered">How many bytes the checksum, which follows them, is over.</param>
    private static void Check(ReadOnlySpan<byte> message, int covered)
    {
        if (Crc32.Of(message[..covered]) != BinaryPrimitives.ReadUInt32BigEndian(message[covered..]))
        {
            throw new MalformedFrameException("a message's checksum is not that of its bytes");
        }
    }
}
