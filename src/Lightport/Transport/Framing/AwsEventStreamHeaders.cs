using System.Buffers.Binary;

namespace Lightport.Transport.Framing;

/// <summary>
/// Reads the headers of one message of an AWS event stream. Each is a name, a type and a value of that type; those that
/// say what a message is are strings.
/// </summary>
public static class AwsEventStreamHeaders
{
    private const byte StringType = 7;

    /// <summary>The string of that name; empty where there is none.</summary>
    /// <param name="message">The whole message (<see cref="Frame.Raw"/>), whose checksums hold.</param>
    /// <exception cref="MalformedFrameException">The headers are cut short, or of a type that there is not.</exception>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(message[4..]);
        ReadOnlySpan<byte> rest = message.Slice(AwsEventStreamFrameReader.PreludeBytes, length);
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> found = Take(ref rest, Take(ref rest, 1)[0]);
            byte type = Take(ref rest, 1)[0];
            ReadOnlySpan<byte> value = Take(ref rest, LengthOf(type, ref rest));
            if (type == StringType && found.SequenceEqual(name))
            {
                return value;
            }
        }

        return default;
    }

    /// <summary>What the message is called: an event, an exception, or an error of the connection.</summary>
    internal static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> message) =>
        Find(message, ":event-type"u8) is { IsEmpty: false } named ? named
        : Find(message, ":exception-type"u8) is { IsEmpty: false } exception ? exception
        : Find(message, ":error-code"u8);

    /// <summary>Booleans are their type alone; strings and bytes say their length.</summary>
    private static int LengthOf(byte type, scoped ref ReadOnlySpan<byte> rest) => type switch
    {
        0 or 1 => 0,
        2 => 1,
        3 => 2,
        4 => 4,
        5 or 8 => 8,
        6 or StringType => BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2)),
        9 => 16,
        _ => throw new MalformedFrameException("a message's header is of an unknown type"),
    };

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, int length)
    {
        if (length > rest.Length)
        {
            throw new MalformedFrameException("a message's headers are cut short");
        }

        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
