using System.Text;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

/// <summary>Gives a body to a reader in pieces, and describes each frame that comes out.</summary>
internal static class FrameCutter
{
    /// <summary>Name and data of each frame; the last a body did not close included.</summary>
    public static List<string> Read(FrameReader reader, ReadOnlySpan<byte> body, params IEnumerable<int> pieces)
    {
        using FrameReader held = reader;
        var frames = new List<string>();
        foreach (int piece in pieces.Append(int.MaxValue))
        {
            ReadOnlySpan<byte> next = body[..Math.Min(piece, body.Length)];
            body = body[next.Length..];
            next.CopyTo(reader.GetMemory(next.Length).Span);
            reader.Advance(next.Length);
            while (reader.TryRead(out Frame frame))
            {
                frames.Add(Describe(frame));
            }

            reader.Release();
        }

        if (reader.TryReadLast(out Frame last))
        {
            frames.Add(Describe(last));
        }

        return frames;
    }

    /// <summary>The same, ended by how the body breaks its framing, if it does.</summary>
    public static List<string> ReadOrFail(FrameReader reader, ReadOnlySpan<byte> body, params IEnumerable<int> pieces)
    {
        try
        {
            return Read(reader, body, pieces);
        }
        catch (MalformedFrameException e)
        {
            return [e.Message];
        }
    }

    /// <summary>Sizes of pieces, made of chance that is the same each time.</summary>
    public static IEnumerable<int> Cuts(int seed)
    {
        var chance = new Random(seed);
        return Enumerable.Range(0, 200).Select(_ => chance.Next(0, 12)).ToArray();
    }

    private static string Describe(in Frame frame) =>
        $"{Encoding.UTF8.GetString(frame.Name)}|{Encoding.UTF8.GetString(frame.Data)}";
}
