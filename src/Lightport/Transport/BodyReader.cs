using Lightport.Transport.Body;

namespace Lightport.Transport;

/// <summary>
/// Reads a whole body into a buffer, up to a limit. The buffer grows with what has come, not with what was announced.
/// </summary>
internal static class BodyReader
{
    /// <summary>What is rented before a byte has come.</summary>
    private const int FirstBytes = 16 * 1024;

    /// <summary>Of an announced length so many times as much is rented as has come.</summary>
    private const int Trust = 8;

    /// <param name="length">The announced length; null where none was.</param>
    /// <param name="budget">Answers for the memory.</param>
    /// <param name="watch">Told of each piece that comes.</param>
    /// <returns>The buffer, which the caller disposes; null where the body is longer than the limit.</returns>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public static async ValueTask<PooledBuffer?> ReadAsync(
        Stream body,
        long? length,
        int maxBytes,
        BodyBudget budget,
        CancellationToken cancellationToken,
        IByteWatch? watch = null)
    {
        if (length > maxBytes)
        {
            return null;
        }

        // One byte over the end lets the last read see it without growing the buffer.
        int most = (int)(length ?? maxBytes) + 1;
        bool announced = length is not null;
        var buffer = new PooledBuffer(Capacity(0, announced, most), budget, announced ? most : 0);
        try
        {
            while (true)
            {
                int read = await body.ReadAsync(buffer.Free, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer;
                }

                watch?.MarkByte();
                buffer.Advance(read);
                if (buffer.Length > maxBytes)
                {
                    buffer.Dispose();
                    return null;
                }

                if (buffer.Free.IsEmpty)
                {
                    buffer.Grow(Capacity(buffer.Length, announced, most));
                }
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// An announced length is come to in eighths of it, so that the last step copies an eighth alone; else by doubling.
    /// </summary>
    private static int Capacity(int held, bool announced, int most)
    {
        long trusted = Math.Max(FirstBytes, (long)held * (announced ? Trust : 2));
        long next = most;
        while (next > trusted)
        {
            next = announced ? (next + Trust - 1) / Trust : trusted;
        }

        return (int)next;
    }
}
