using System.Net;
using System.Net.Http.Headers;

namespace Lightport.EndToEnd.Reliability;

/// <summary>A body of so many blanks, which is never held whole.</summary>
internal sealed class EndlessContent : HttpContent
{
    private readonly long _length;
    private readonly bool _hideLength;

    public EndlessContent(long length, bool hideLength)
    {
        (_length, _hideLength) = (length, hideLength);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        byte[] piece = new byte[64 * 1024];
        piece.AsSpan().Fill((byte)' ');
        try
        {
            for (long left = _length; left > 0; left -= piece.Length)
            {
                await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)));
            }
        }
        catch (IOException)
        {
            // Refused before its end; the answer says why.
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return !_hideLength;
    }
}
