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
    private ChatResponse _response = null!;

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Dialect { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _body = Samples.Wire(Dialect).Unary;
        _response = Decode();
    }

    [Benchmark]
    public ChatResponse Decode() => Samples.Dialects.Spoken(Dialect).DecodeResponse(_body);

    [Benchmark]
    public int Encode()
    {
        _output.Clear();
        Samples.Dialects.Served(Dialect).EncodeResponse(_response, Samples.Response, _output);
        return _output.Length;
    }

    [Benchmark]
    public int Passthrough() =>
        Samples.Dialects.Passthrough(Dialect).ReadBody(_body, Samples.Exact with { Stream = false }).Body.Length;
}
