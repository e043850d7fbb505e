using BenchmarkDotNet.Attributes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Bench.Micro;

/// <summary>A request of ten turns and a tool, about 4 KB: read from and written in each dialect.</summary>
public class RequestBenchmarks
{
    private readonly PooledBuffer _output = new(64 * 1024);
    private byte[] _body = [];
    private ChatRequest _request = null!;

    [Params(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    public string Dialect { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _body = Samples.Request(Dialect);
        _request = Decode();
    }

    [Benchmark]
    public ChatRequest Decode() => Samples.Dialects.Served(Dialect).DecodeRequest(_body);

    [Benchmark]
    public int Encode()
    {
        _output.Clear();
        var context = new EncodingContext { Model = "bench", Losses = new LossLedger(null, "bench/bench") };
        Samples.Dialects.Spoken(Dialect).EncodeRequest(_request, context, _output);
        return _output.Length;
    }

    /// <summary>The fields at the top alone, which is all that passthrough reads.</summary>
    [Benchmark]
    public JsonEnvelope Envelope() => JsonEnvelope.Read(_body);
}
