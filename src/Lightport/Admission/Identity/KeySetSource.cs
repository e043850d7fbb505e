using System.Globalization;
using System.Text;
using Lightport.Transport;
using Lightport.Transport.Body;

namespace Lightport.Admission.Identity;

/// <summary>
/// Asks an issuer for its keys: first where they are, then for them (OpenID Connect Discovery 1.0, section 4). Over
/// TLS, or inside this machine; redirects are not followed.
/// </summary>
internal sealed class KeySetSource(IUpstream http, BodyBudget budget)
{
    /// <summary>In bytes. Entra's keys with their certificates have about 20,000.</summary>
    private const int LongestAnswer = 512 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new("Accept", "application/json"),
        new("User-Agent", "lightport"),
    ];

    /// <summary>Whether keys that came from there are surely the issuer's.</summary>
    public static bool IsTrustworthy(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp && Loopback.IsName(address.Host));

    /// <exception cref="IssuerUnreadableException">What it answers says nothing of its keys.</exception>
    /// <exception cref="UpstreamException">It cannot be reached.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    /// <exception cref="BodyBudgetException">There is no memory for its answer just now.</exception>
    public async Task<KeySet> ReadAsync(TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        byte[] metadata = await ReadAsync(issuer.Metadata, cancellationToken).ConfigureAwait(false);
        TokenClaims said = TokenClaims.Read(metadata)
            ?? throw new IssuerUnreadableException("its metadata is no JSON object");
        if (said.Text("issuer") != issuer.Name)
        {
            // Section 4.3 demands it: else one tenant's address would answer for another's tokens.
            throw new IssuerUnreadableException(
                "its metadata is another issuer's; 'issuer' must be said as the metadata says it, to the letter");
        }

        return Uri.TryCreate(said.Text("jwks_uri"), UriKind.Absolute, out Uri? keys)
            && (keys.Scheme == Uri.UriSchemeHttps || (IsTrustworthy(keys) && !IsTls(issuer.Metadata)))
                ? KeySet.Read(Encoding.UTF8.GetString(
                    await ReadAsync(keys, cancellationToken).ConfigureAwait(false)))
                : throw new IssuerUnreadableException("its metadata has no 'jwks_uri' with https");
    }

    private static bool IsTls(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    private async Task<byte[]> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest("issuer", address, Headers, new BodySegments([]), ConnectTimeout)
        {
            Method = HttpMethod.Get,
        };
        using UpstreamResponse response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Status != 200)
        {
            throw new IssuerUnreadableException(string.Create(
                CultureInfo.InvariantCulture, $"it answered {response.Status} at {address.AbsolutePath}"));
        }

        Stream body = await response.OpenBodyAsync(cancellationToken).ConfigureAwait(false);
        using PooledBuffer? answer = await BodyReader
            .ReadAsync(body, response.Length, LongestAnswer, budget, cancellationToken)
            .ConfigureAwait(false);
        return answer?.Written.ToArray()
            ?? throw new IssuerUnreadableException("it answered more than 512 KiB");
    }
}
