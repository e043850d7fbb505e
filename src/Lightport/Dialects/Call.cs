using Lightport.Conversation;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>
/// One provider request as its dialect has written it, and all that must be remembered to read the answer: what was
/// renamed, which tool stands for what, which framing comes back.
/// </summary>
/// <param name="body">The body, sent as often as it takes.</param>
/// <param name="memory">What the body was written into; null where it is the client's own bytes.</param>
public abstract class Call(BodySegments body, PooledBuffer? memory = null) : IDisposable
{
    public BodySegments Body => body;

    public PooledBuffer? Memory => memory;

    public virtual HttpMethod Method => HttpMethod.Post;

    /// <summary>
    /// Where below the endpoint's address this is asked, with a query of its own; null where it is asked right there.
    /// </summary>
    public virtual string? Place => null;

    /// <summary>The body's media type, with its parameters.</summary>
    public virtual string MediaType => "application/json";

    /// <summary>Headers that the body needs (<c>anthropic-version</c>), unless the client sent its own.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How a streamed answer is cut, where the endpoint says nothing else.</summary>
    public virtual Framing Framing => Framing.Events;

    /// <summary>Hands the answer's bytes on; null where they are not the client's.</summary>
    public virtual AnswerRelay? CreateRelay() => null;

    /// <summary>Reads a streamed answer, in the client's words; null where only its bytes pass.</summary>
    public virtual IAnswerDecoder? CreateDecoder() => null;

    /// <summary>Reads a whole answer, in the client's words.</summary>
    /// <exception cref="GatewayException">It is no answer, or an error inside a success.</exception>
    /// <exception cref="NotSupportedException">Answers of this call only pass.</exception>
    public virtual ChatResponse ReadWhole(ReadOnlyMemory<byte> body) =>
        throw new NotSupportedException("Answers of this call only pass.");

    /// <summary>Reads the body of a failed call (status 400 and up). Never throws; the body may be anything.</summary>
    public abstract GatewayError ReadError(int status, ReadOnlySpan<byte> body);

    /// <summary>The same for a vendor that says in a header what its body does not.</summary>
    /// <param name="header">The first value of an answer's header, or null.</param>
    public virtual GatewayError ReadError(int status, Func<string, string?> header, ReadOnlySpan<byte> body) =>
        ReadError(status, body);

    public void Dispose()
    {
        memory?.Dispose();
        GC.SuppressFinalize(this);
    }
}
