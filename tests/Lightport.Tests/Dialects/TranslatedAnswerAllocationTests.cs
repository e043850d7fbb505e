using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects;

/// <summary>
/// What a short question costs in memory from a chat client's body to its whole answer, at each dialect that providers
/// speak: what it makes for fields and parts that are not there shows here.
/// </summary>
public sealed class TranslatedAnswerAllocationTests
{
    private const int Requests = 200;

    private const string Question = """
        {"model":"m","max_tokens":256,"temperature":0.2,"messages":[
        {"role":"system","content":"You are a lighthouse keeper. Answer in one short paragraph."},
        {"role":"user","content":[{"type":"text","text":"What did you see from the tower last night?"}]}]}
        """;

    [Theory]
    [InlineData(DialectIds.AnthropicMessages, 5_950, """
        {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"A ship."}],
        "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":25,"output_tokens":4}}
        """)]
    [InlineData(DialectIds.GoogleGemini, 9_000, """
        {"candidates":[{"content":{"parts":[{"text":"A ship."}],"role":"model"},"finishReason":"STOP","index":0}],
        "usageMetadata":{"promptTokenCount":25,"candidatesTokenCount":4,"totalTokenCount":29},"responseId":"r"}
        """)]
    [InlineData(DialectIds.OpenAIResponses, 8_500, """
        {"id":"resp_1","object":"response","created_at":1,"model":"m","status":"completed","output":[{"id":"msg_1",
        "type":"message","status":"completed","role":"assistant",
        "content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"A ship."}]}],
        "usage":{"input_tokens":25,"output_tokens":4,"total_tokens":29}}
        """)]
    [InlineData(DialectIds.AwsConverse, 7_500, """
        {"output":{"message":{"role":"assistant","content":[{"text":"A ship."}]}},"stopReason":"end_turn",
        "usage":{"inputTokens":25,"outputTokens":4,"totalTokens":29}}
        """)]
    public void ShortQuestion_Translated_AllocatesNoMoreThan(string spoken, int bytes, string answer)
    {
        var exchange = new Translation(spoken, answer);
        for (int i = 0; i < Requests; i++)
        {
            Assert.Contains("A ship.", exchange.Run(), StringComparison.Ordinal);
        }

        // The least of three: once in a while the runtime allocates on this thread for what it compiles meanwhile.
        Assert.InRange(Enumerable.Range(0, 3).Min(_ => exchange.BytesPerRequest()), 0, bytes);
    }

    private sealed class Translation(string spoken, string answer)
    {
        private static readonly DialectRegistry Dialects = BuiltInDialects.Create();
        private static readonly byte[] Body = Encoding.UTF8.GetBytes(Question);

        private readonly IServedConversation _served =
            (IServedConversation)Dialects.Of(DialectIds.OpenAIChat, Operation.Chat).Served!;

        private readonly ISpoken _spoken = Dialects.Of(spoken, Operation.Chat).Spoken!;
        private readonly byte[] _answer = Encoding.UTF8.GetBytes(answer);
        private readonly PooledBuffer _output = new();

        public string Run()
        {
            Translate();
            return Encoding.UTF8.GetString(_output.Written.Span);
        }

        public long BytesPerRequest()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Requests; i++)
            {
                Translate();
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / Requests;
        }

        private void Translate()
        {
            var request = new BodyRequest(Body);
            var context = new AnswerContext { RequestId = "req", Model = "m", Created = 1 };
            _ = _served.Read(request);
            ModelRequest asked = _served.Decode(request, default);
            using Call call = _spoken.Write(asked, new CallContext
            {
                Model = "m",
                Account = "account",
                Exact = true,
                Losses = new LossLedger(null, "account/m"),
                Answer = context,
                SizeHint = 1024,
            });
            _output.Clear();
            new EventRelay(call, () => _served.CreateEncoder(request, asked, context), streams: false, 0, [])
                .Take(_answer, _output);
        }
    }

    private sealed class BodyRequest : ClientRequest
    {
        public BodyRequest(byte[] body) => Body = body;

        public override string Path => "/";

        public override string MediaType => "application/json";

        public override string? PathValue(string name) => null;

        public override string? Query(string name) => null;

        public override string? Header(string name) => null;
    }
}
