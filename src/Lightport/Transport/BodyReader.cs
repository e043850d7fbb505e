using Lightport.Transport.Body;

namespace Lightport.Transport;

/// <summary>Reads a whole body into a pooled buffer, up to a limit.</summary>
public static class BodyReader
{
    /// <param name="onRead">Told of each piece that comes, by whoever watches for silence.</param>
    /// <returns>The buffer, which the caller disposes; null where the body is longer than the limit.</returns>
    public static async ValueTask<PooledBuffer?> ReadAsync(
        Stream body, long? length, int maxBytes, CancellationToken cancellationToken, Action? onRead = null)
    {
        if (length > maxBytes)
        {
            return null;
        }

        // One byte over a known length lets the last read see the end without growing the buffer.
        var buffer = new PooledBuffer(length is > 0 ? (int)length + 257 : 4096);
        try
        {
            while (true)
            {
                int read = await body.ReadAsync(buffer.GetMemory(), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer;
                }

                onRead?.Invoke();
                buffer.Advance(read);
                if (buffer.Length > maxBytes)
                {
                    buffer.Dispose();
                    return null;
                }
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
