using BenchmarkDotNet.Attributes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Bench.Micro;

/// <summary>A whole answer of 1 KB: read from and written in each dialect, and read off the side in passing.</summary>
public class ResponseBenchmarks
{
    private readonly PooledBuffer _output = new(16 * 1024);
    private byte[] _body = [];
    private SampleExchange _exchange = null!;
    private ChatResponse _response = null!;

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Dialect { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _body = Samples.Wire(Dialect).Unary;
        _exchange = new SampleExchange(Dialect, Dialect, stream: false);
        _response = Decode();
    }

    [Benchmark]
    public ChatResponse Decode() => _exchange.Call.ReadWhole(_body);

    [Benchmark]
    public int Encode()
    {
        _output.Clear();
        IAnswerEncoder encoder = _exchange.CreateEncoder();
        encoder.Encode(new StreamEvent.Whole(_response), _output);
        encoder.Complete(_output);
        return _output.Length;
    }

    [Benchmark]
    public int Passthrough()
    {
        _output.Clear();
        return _exchange.CreateRelay().Take(_body, _output).Length;
    }
}
