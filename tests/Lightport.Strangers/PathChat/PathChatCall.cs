using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Strangers.PathChat;

/// <summary>One call. How its stream is cut its endpoint says.</summary>
internal sealed class PathChatCall(BodySegments body, PooledBuffer? memory = null) : Call(body, memory)
{
    /// <summary>Set where bytes pass.</summary>
    public Func<AnswerRelay>? Relay { get; init; }

    public override string MediaType => PathChatDialect.MediaType;

    public override AnswerRelay? CreateRelay() => Relay?.Invoke();

    public override IAnswerDecoder CreateDecoder() => new PathChatDecoder();

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) => PathChatAnswer.Read(body);

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        PathChatWire.ReadFault(PathChatWire.Parse(body), ErrorStage.Upstream) is { } fault
            ? fault with { Status = status }
            : new GatewayError(ErrorStage.Upstream, ErrorKind.Upstream, status, "The provider failed.");
}
