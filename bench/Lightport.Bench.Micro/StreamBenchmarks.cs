using BenchmarkDotNet.Attributes;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Bench.Micro;

/// <summary>One whole stream of 32 text chunks, framing included, for each pair of dialects.</summary>
public class StreamBenchmarks
{
    private readonly PooledBuffer _output = new(64 * 1024);
    private byte[] _stream = [];
    private SampleExchange _exchange = null!;

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Spoken { get; set; } = "";

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Served { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _stream = Samples.Stream(Spoken);
        _exchange = new SampleExchange(Spoken, Served, stream: true);
    }

    [Benchmark]
    public int Stream() => WatchedStreams.Run(_exchange, _stream, _output, watched: false);

    /// <summary>Reads as from a socket, at most 4 KB at a time; returns what was written and clears it.</summary>
    /// <param name="watch">Reads along, where somebody looks.</param>
    internal static int Push(
        FrameReader reader,
        ReadOnlySpan<byte> bytes,
        AnswerRelay relay,
        PooledBuffer output,
        AnswerWatch? watch = null)
    {
        int written = 0;
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, 4096);
            bytes[..count].CopyTo(reader.GetMemory().Span);
            reader.Advance(count);
            bytes = bytes[count..];
            while (reader.TryRead(out Frame frame))
            {
                relay.Push(frame, output);
                watch?.See(frame);
            }

            written += output.Length;
            output.Clear();
        }

        return written;
    }
}
