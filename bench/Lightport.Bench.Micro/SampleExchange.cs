using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Bench.Micro;

/// <summary>One chat between a client and a provider, made up to where the provider's answer comes.</summary>
internal sealed class SampleExchange : IDisposable
{
    private readonly AnswerContext _answer;
    private readonly IServedConversation _served;
    private readonly SampleRequest _request;
    private readonly ChatRequest _conversation;

    /// <param name="spoken">The provider's dialect.</param>
    /// <param name="served">The client's; bytes pass where both are one.</param>
    public SampleExchange(string spoken, string served, bool stream)
    {
        CallContext context = Samples.Context(stream);
        _answer = context.Answer;
        _served = Samples.Served(served);
        _request = new SampleRequest(Samples.Request(served));
        _conversation = (ChatRequest)_served.Decode(_request, CancellationToken.None) with { IncludeUsage = true };
        Call = spoken == served
            ? Samples.Operation(spoken).Passed!.Write(_request, context)
            : Samples.Operation(spoken).Spoken!.Write(_conversation, context);
    }

    public Call Call { get; }

    public IAnswerEncoder CreateEncoder() => _served.CreateEncoder(_request, _conversation, _answer);

    /// <summary>With one encoder for the whole answer, as each request has.</summary>
    public AnswerRelay CreateRelay()
    {
        IAnswerEncoder? encoder = null;
        return Call.CreateRelay() ?? new EventRelay(
            Call, () => encoder ??= CreateEncoder(), streams: _answer.Stream, promptTokens: 0, filters: []);
    }

    public void Dispose() => Call.Dispose();
}
