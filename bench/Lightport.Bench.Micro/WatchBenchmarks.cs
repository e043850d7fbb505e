using BenchmarkDotNet.Attributes;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Bench.Micro;

/// <summary>A stream of 32 text chunks that passes as bytes, alone and with a watch that reads beside it.</summary>
public class WatchBenchmarks
{
    private readonly PooledBuffer _output = new(64 * 1024);
    private byte[] _stream = [];
    private SampleExchange _exchange = null!;

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Dialect { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _stream = Samples.Stream(Dialect);
        _exchange = new SampleExchange(Dialect, Dialect, stream: true);
    }

    [Benchmark(Baseline = true)]
    public int Bytes() => WatchedStreams.Run(_exchange, _stream, _output, watched: false);

    [Benchmark]
    public int Both() => WatchedStreams.Run(_exchange, _stream, _output, watched: true);
}
