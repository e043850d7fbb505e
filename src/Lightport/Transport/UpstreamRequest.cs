using Lightport.Transport.Body;

namespace Lightport.Transport;

/// <summary>A request on its way out: signed, patched and complete.</summary>
/// <param name="Pool">Whose connections to use; requests of one provider share them.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Headers">All headers but the body's own.</param>
/// <param name="Body">A JSON body, in slices.</param>
/// <param name="ConnectTimeout">The longest that opening a connection may take.</param>
/// <exception cref="IllegalHeaderException">A header holds what none may hold, whoever set it.</exception>
public sealed record UpstreamRequest(
    string Pool,
    Uri Address,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    BodySegments Body,
    TimeSpan ConnectTimeout)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = Legal(Headers);

    /// <summary>As it was signed, where a signature is over it.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>The body's media type, with its parameters.</summary>
    public string MediaType { get; init; } = SegmentedContent.Json;

    /// <summary>The buffer that the body's slices are of; null where they are of none that is given back.</summary>
    public PooledBuffer? Memory { get; init; }

    /// <summary>A line end in a header begins another, or a request of its own.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> Legal(
        IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            if (headers[i].Value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                throw new IllegalHeaderException(headers[i].Key);
            }
        }

        return headers;
    }
}
