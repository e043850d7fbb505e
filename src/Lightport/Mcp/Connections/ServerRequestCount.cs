using System.Text.Json;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Counts what a server asks of the gateway in its answers, by what goes back for it: each costs a request of its own.
/// </summary>
internal sealed class ServerRequestCount
{
    private int _count;

    // Has no timer, and so nothing to dispose of.
    private CancellationTokenSource _flood = new();

    /// <summary>Whether a message is sent to the server: what answers one request too many is not.</summary>
    public async ValueTask<bool> TakesAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content || request.Method != HttpMethod.Post)
        {
            return true;
        }

        byte[] message = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (IsAnswer(message))
        {
            bool isTaken = Interlocked.Increment(ref _count) <= McpBounds.MostServerRequests;
            if (!isTaken)
            {
                await Volatile.Read(ref _flood).CancelAsync().ConfigureAwait(false);
            }

            return isTaken;
        }

        Volatile.Write(ref _count, 0);
        if (Volatile.Read(ref _flood).IsCancellationRequested)
        {
            Volatile.Write(ref _flood, new CancellationTokenSource());
        }

        return true;
    }

    /// <summary>
    /// Reads on in an answer. All requests in it may have been read before the first is replied to, so the server's
    /// silence behind them is ended as well.
    /// </summary>
    /// <exception cref="AnswerTooLargeException">The server has asked for too much.</exception>
    public async ValueTask<int> ReadAsync(Stream answer, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        CancellationToken flood = Volatile.Read(ref _flood).Token;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, flood);
        try
        {
            int count = await answer.ReadAsync(buffer, over.Token).ConfigureAwait(false);
            return flood.IsCancellationRequested
                ? throw AnswerTooLargeException.OfRequests(McpBounds.MostServerRequests)
                : count;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw AnswerTooLargeException.OfRequests(McpBounds.MostServerRequests, e);
        }
    }

    /// <summary>Of the protocol's messages, all but answers have a method.</summary>
    private static bool IsAnswer(byte[] message)
    {
        var reader = new Utf8JsonReader(message);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8))
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }
}
