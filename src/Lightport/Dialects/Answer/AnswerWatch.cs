using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>Reads an answer beside its bytes, for those who look at it and leave it as it is.</summary>
/// <param name="call">What was asked; it reads what comes back.</param>
/// <param name="watchers">What they would make of the events goes nowhere.</param>
internal sealed class AnswerWatch(Call call, IReadOnlyList<IAnswerFilter> watchers)
{
    private readonly AnswerFilterChain _watchers = new(watchers);
    private readonly List<StreamEvent> _events = [];
    private IAnswerDecoder? _decoder;

    private IAnswerDecoder Decoder => _decoder ??= call.CreateDecoder()
        ?? throw new InvalidOperationException("Answers of this call only pass.");

    public void See(in Frame frame)
    {
        if (!Decoder.Ended)
        {
            Decoder.Decode(frame, _events);
            Tell();
        }
    }

    /// <summary>Sees an answer that came whole.</summary>
    /// <exception cref="GatewayException">It is no answer.</exception>
    public void See(ReadOnlyMemory<byte> body)
    {
        _events.AddRange(ResponseReplay.Events(call.ReadWhole(body)));
        Tell();
        Over();
    }

    /// <summary>The answer is over.</summary>
    public void Complete()
    {
        if (_decoder is { Ended: false })
        {
            _decoder.Complete(_events);
            Tell();
        }

        Over();
    }

    private void Tell()
    {
        try
        {
            _watchers.Apply(_events, 0);
        }
        finally
        {
            // Also where one of them has seen enough: what it refused is not told it again.
            _events.Clear();
        }
    }

    private void Over()
    {
        _watchers.Complete(_events);
        _events.Clear();
    }
}
