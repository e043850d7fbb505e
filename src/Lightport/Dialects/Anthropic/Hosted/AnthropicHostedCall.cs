using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>Messages that were asked for at a cloud: answers are those of Messages, errors the cloud's.</summary>
internal sealed class AnthropicHostedCall : Call
{
    private readonly AnthropicHost _host;
    private readonly Call _messages;

    /// <param name="messages">The call as Anthropic itself would get it; its memory is this one's.</param>
    /// <param name="betas">What the header asks for.</param>
    public AnthropicHostedCall(AnthropicHost host, Call messages, IReadOnlyList<string> betas)
        : base(messages.Body, messages.Memory)
    {
        (_host, _messages) = (host, messages);

        // The version is in the body, and files are of another account.
        Headers = betas.Count == 0 ? [] : [new(AnthropicHostedBetas.Header, string.Join(',', betas))];
    }

    public override Framing Framing => _host.Framing ?? _messages.Framing;

    public override AnswerRelay? CreateRelay() => _messages.CreateRelay();

    public override IAnswerDecoder? CreateDecoder() => _messages.CreateDecoder();

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) => _messages.ReadWhole(body);

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        ReadError(status, static _ => null, body);

    public override GatewayError ReadError(int status, Func<string, string?> header, ReadOnlySpan<byte> body) =>
        _host.ReadError is { } read ? read(status, header, body) : _messages.ReadError(status, body);
}
