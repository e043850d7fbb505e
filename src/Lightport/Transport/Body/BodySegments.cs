using System.Collections.Immutable;

namespace Lightport.Transport.Body;

/// <summary>A request body in slices, sent as they are, as often as attempts need it.</summary>
public sealed class BodySegments(ImmutableArray<ReadOnlyMemory<byte>> segments)
{
    public ImmutableArray<ReadOnlyMemory<byte>> Segments { get; } = segments;

    public long Length
    {
        get
        {
            long length = 0;
            foreach (ReadOnlyMemory<byte> segment in Segments)
            {
                length += segment.Length;
            }

            return length;
        }
    }

    /// <summary>All of it in one array, for tests and for bodies that are patched again.</summary>
    public byte[] ToArray()
    {
        byte[] whole = new byte[Length];
        int offset = 0;
        foreach (ReadOnlyMemory<byte> segment in Segments)
        {
            segment.CopyTo(whole.AsMemory(offset));
            offset += segment.Length;
        }

        return whole;
    }
}
