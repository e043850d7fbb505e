using System.Text;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

/// <summary>Gives a body to an <see cref="SseFrameReader"/> in pieces and keeps what comes out.</summary>
internal static class SseCutter
{
    /// <summary>The piece sizes of law 10; the last means the whole body at once.</summary>
    public static readonly int[] PieceSizes = [1, 2, 3, 7, 64, int.MaxValue];

    public static SseOutcome Read(byte[] body, int pieceSize)
    {
        IEnumerable<int> sizes = Enumerable.Repeat(pieceSize, body.Length / Math.Min(pieceSize, body.Length + 1) + 1);
        return Read(body, sizes);
    }

    /// <summary>Cuts at the sizes given; what they leave over comes as one last piece.</summary>
    public static SseOutcome Read(byte[] body, IEnumerable<int> pieceSizes)
    {
        using var reader = new SseFrameReader();
        var outcome = new SseOutcome();
        int offset = 0;
        foreach (int size in pieceSizes.Append(int.MaxValue))
        {
            ReadOnlySpan<byte> piece = body.AsSpan(offset, Math.Min(size, body.Length - offset));
            offset += piece.Length;
            Feed(reader, piece);
            while (reader.TryRead(out Frame frame))
            {
                outcome.Frames.Add(Describe(frame));
                outcome.Raw.AddRange(frame.Raw);
            }

            reader.Release();
        }

        outcome.Last = reader.TryReadLast(out Frame last) ? Describe(last) : null;
        outcome.Raw.AddRange(last.Raw);
        return outcome;
    }

    public static void Feed(FrameReader reader, ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(reader.GetMemory(piece.Length).Span);
        reader.Advance(piece.Length);
    }

    private static SseEvent Describe(Frame frame) =>
        new(Encoding.UTF8.GetString(frame.Name), Encoding.UTF8.GetString(frame.Data));
}
