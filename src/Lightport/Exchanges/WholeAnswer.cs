using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>A whole answer in the client's dialect.</summary>
internal sealed class WholeAnswer(ReadOnlyMemory<byte> body, string mediaType, params PooledBuffer?[] buffers) : Answer
{
    public ReadOnlyMemory<byte> Body => body;

    public string MediaType => mediaType;

    protected override void Dispose(bool disposing)
    {
        foreach (PooledBuffer? buffer in buffers)
        {
            buffer?.Dispose();
        }
    }
}
