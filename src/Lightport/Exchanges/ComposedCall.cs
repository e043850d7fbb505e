using Lightport.Dialects;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>A request as one target gets it, and how its answer is to be read: passed through, or translated.</summary>
internal sealed record ComposedCall(BodySegments Body, IEnumerable<KeyValuePair<string, string>> Headers) : IDisposable
{
    /// <summary>Set where bytes pass; then <see cref="PassthroughOptions"/> is too.</summary>
    public IPassthrough? Passthrough { get; init; }

    public PassthroughOptions? PassthroughOptions { get; init; }

    /// <summary>Set where the answer is translated; then <see cref="Response"/> is too.</summary>
    public IDialect? Spoken { get; init; }

    public ResponseContext? Response { get; init; }

    /// <summary>Holds the body where it was written anew.</summary>
    public PooledBuffer? Buffer { get; init; }

    public void Dispose() => Buffer?.Dispose();
}
