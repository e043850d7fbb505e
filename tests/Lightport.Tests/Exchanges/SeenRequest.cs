using System.Text;
using System.Text.Json.Nodes;
using Lightport.Transport;

namespace Lightport.Tests.Exchanges;

/// <summary>One request as it reached a provider.</summary>
internal sealed class SeenRequest(UpstreamRequest request, CancellationToken token)
{
    public string Pool => request.Pool;

    public Uri Address => request.Address;

    public HttpMethod Method => request.Method;

    public string MediaType => request.MediaType;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => request.Headers;

    public byte[] Bytes { get; } = request.Body.ToArray();

    public string Body { get; } = Encoding.UTF8.GetString(request.Body.ToArray());

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public CancellationToken Token => token;

    public IEnumerable<string> HeaderNames => request.Headers.Select(header => header.Key.ToLowerInvariant());

    /// <summary>A header's only value, or null; two of a name fail the test.</summary>
    public string? Header(string name) =>
        request.Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value).SingleOrDefault();
}
