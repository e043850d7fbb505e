using BenchmarkDotNet.Attributes;
using Lightport.Dialects;
using Lightport.Transport.Framing;

namespace Lightport.Bench.Micro;

/// <summary>The SSE reader alone over one stream, in pieces as they may come from a socket.</summary>
public class FramingBenchmarks
{
    private readonly byte[] _stream = Samples.Stream(DialectIds.AnthropicMessages);

    [Params(64, 4096)]
    public int Piece { get; set; }

    [Benchmark]
    public int Frames()
    {
        using var reader = new SseFrameReader();
        int frames = 0;
        for (int at = 0; at < _stream.Length; at += Piece)
        {
            int count = Math.Min(Piece, _stream.Length - at);
            _stream.AsSpan(at, count).CopyTo(reader.GetMemory().Span);
            reader.Advance(count);
            while (reader.TryRead(out Frame frame))
            {
                frames += frame.Data.IsEmpty ? 0 : 1;
            }
        }

        return frames;
    }
}
