using System.Text.Json;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Counts what a server asks of the gateway in its answers, by what goes back for it: each costs a request of its own.
/// </summary>
internal sealed class ServerRequestCount
{
    private int _count;

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
            return Interlocked.Increment(ref _count) <= McpBounds.MostServerRequests;
        }

        Volatile.Write(ref _count, 0);
        return true;
    }

    /// <exception cref="AnswerTooLargeException">The server has asked for too much.</exception>
    public void Check()
    {
        if (Volatile.Read(ref _count) > McpBounds.MostServerRequests)
        {
            throw AnswerTooLargeException.OfRequests(McpBounds.MostServerRequests);
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
