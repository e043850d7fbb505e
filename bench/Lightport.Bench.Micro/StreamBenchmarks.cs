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

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Spoken { get; set; } = "";

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Served { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _stream = Samples.Stream(Spoken);

    [Benchmark]
    public int Stream()
    {
        using var reader = new SseFrameReader();
        _output.Clear();
        AnswerRelay relay = Relay(Spoken, Served);
        int written = Push(reader, _stream, relay, _output);
        relay.Complete(_output);
        return written + _output.Length;
    }

    internal static AnswerRelay Relay(string spoken, string served) => spoken == served
        ? Samples.Dialects.Passthrough(spoken).CreateRelay(Samples.Exact)
        : new EventRelay(
            Samples.Dialects.Spoken(spoken).CreateStreamDecoder(),
            Samples.Dialects.Served(served).CreateStreamEncoder(Samples.Response));

    /// <summary>Reads as from a socket, at most 4 KB at a time; returns what was written and clears it.</summary>
    internal static int Push(SseFrameReader reader, ReadOnlySpan<byte> bytes, AnswerRelay relay, PooledBuffer output)
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
            }

            written += output.Length;
            output.Clear();
        }

        return written;
    }
}
