using Lightport.Transport.Body;

namespace Lightport.Transport.Signing;

/// <summary>
/// All of a request that a signature may be over. A signer changes its address and its headers; method and body are
/// sent as they are.
/// </summary>
/// <param name="method">How it is sent.</param>
/// <param name="address">The whole address.</param>
/// <param name="headers">All headers but the body's own, in the order in which they are sent.</param>
/// <param name="body">The body as it is sent, in slices.</param>
public sealed class SigningRequest(
    HttpMethod method, Uri address, List<KeyValuePair<string, string>> headers, BodySegments body)
{
    public HttpMethod Method { get; } = method;

    public Uri Address { get; set; } = address;

    public List<KeyValuePair<string, string>> Headers { get; } = headers;

    public BodySegments Body { get; } = body;

    /// <summary>What the key is shown for, as the provider's file says it (a region and a service).</summary>
    public string Scope { get; init; } = "";
}
