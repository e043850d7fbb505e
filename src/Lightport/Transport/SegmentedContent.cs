using System.Net;
using System.Net.Http.Headers;
using Lightport.Transport.Body;

namespace Lightport.Transport;

/// <summary>
/// Writes a body's slices one after the other, without joining them. Over HTTP/2 that may go on beside an answer that
/// came early, and beyond it: meanwhile the memory stays the body's.
/// </summary>
internal sealed class SegmentedContent : HttpContent
{
    public const string Json = "application/json";

    private static readonly MediaTypeHeaderValue JsonType = new(Json);

    private readonly BodySegments _body;
    private readonly PooledBuffer? _memory;

    /// <param name="memory">What the slices are of; null where that is nobody's to give back.</param>
    public SegmentedContent(BodySegments body, string mediaType, PooledBuffer? memory)
    {
        (_body, _memory) = (body, memory);
        Headers.ContentType = mediaType == Json ? JsonType : MediaTypeHeaderValue.Parse(mediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _memory?.Hold();
        try
        {
            foreach (ReadOnlyMemory<byte> segment in _body.Segments)
            {
                await stream.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _memory?.Release();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
