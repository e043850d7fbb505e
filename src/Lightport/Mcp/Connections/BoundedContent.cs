using System.Net;
using Lightport.Transport;

namespace Lightport.Mcp.Connections;

/// <summary>A server's answer up to the size that is taken of one.</summary>
internal sealed class BoundedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly int _most;
    private readonly ServerRequestCount? _asked;
    private readonly SecretMask? _secrets;

    /// <param name="asked">Counts what the server asks for in it; null where nobody does.</param>
    /// <param name="secrets">Takes out what the server was shown; null where that is nothing.</param>
    public BoundedContent(
        HttpContent inner, int most, ServerRequestCount? asked = null, SecretMask? secrets = null)
    {
        (_inner, _most, _asked, _secrets) = (inner, most, asked, secrets);
        foreach ((string name, IEnumerable<string> values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }

        if (Headers.ContentType is { } type)
        {
            // JSON and its event streams are UTF-8 whatever is said of them.
            type.CharSet = null;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        Bounded(await _inner.ReadAsStreamAsync().ConfigureAwait(false));

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        Bounded(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using Stream body = Bounded(
            await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        await body.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private BoundedStream Bounded(Stream body) => new(
        body,
        _most,
        byLine: false,
        new NestingLimit(McpBounds.DeepestMessage, isLined: Headers.ContentType?.MediaType == "text/event-stream"),
        _asked,
        secrets: _secrets);
}
