using System.Security.Cryptography;
using Lightport.Transport.Body;

namespace Lightport.Transport.Signing;

/// <summary>
/// Shows AWS a key: a bearer key as it is, an account's keys as a signature over the request. The scope is the service
/// and the region (<c>bedrock/eu-central-1</c>).
/// </summary>
internal sealed class AwsSigner(TimeProvider clock) : IRequestSigner
{
    /// <summary>Its name in providers' files.</summary>
    public const string Name = "aws";

    /// <exception cref="UnusableKeyException">The key is neither.</exception>
    public void Sign(SigningRequest request, string key)
    {
        if (AwsCredentials.Parse(key) is not { } credentials)
        {
            HeaderSigner.Bearer.Sign(request, key);
            return;
        }

        string[] scope = request.Scope.Split('/', 2);
        string time = AwsSignature.Time(clock.GetUtcNow());
        request.Headers.Add(new("X-Amz-Date", time));
        if (credentials.SessionToken is { } token)
        {
            request.Headers.Add(new("X-Amz-Security-Token", token));
        }

        var canonical = AwsCanonicalRequest.Of(
            request.Method.Method,
            request.Address.AbsolutePath,
            request.Address.Query.TrimStart('?'),
            request.Headers.Where(IsSigned).Prepend(new("Host", HostOf(request.Address))),
            HashOf(request.Body));
        request.Headers.Add(new(
            "Authorization", AwsSignature.Authorization(canonical, credentials, time, scope[^1], scope[0])));
    }

    /// <summary>What a proxy on the way may change is not signed.</summary>
    private static bool IsSigned(KeyValuePair<string, string> header) =>
        !header.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase);

    private static string HostOf(Uri address) =>
        address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";

    private static string HashOf(BodySegments body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> segment in body.Segments)
        {
            hash.AppendData(segment.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
