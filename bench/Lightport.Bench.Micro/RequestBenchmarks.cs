using BenchmarkDotNet.Attributes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Bench.Micro;

/// <summary>A request of ten turns and a tool, about 4 KB: read from and written in each dialect.</summary>
public class RequestBenchmarks
{
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
    public ChatRequest Decode() =>
        (ChatRequest)Samples.Served(Dialect).Decode(new SampleRequest(_body), CancellationToken.None);

    [Benchmark]
    public long Encode()
    {
        CallContext context = Samples.Context(stream: true) with { SizeHint = _body.Length };
        using Call call = Samples.Operation(Dialect).Spoken!.Write(_request, context);
        return call.Body.Length;
    }

    /// <summary>The fields at the top alone, which is all that passthrough reads.</summary>
    [Benchmark]
    public JsonEnvelope Envelope() => JsonEnvelope.Read(_body);
}
