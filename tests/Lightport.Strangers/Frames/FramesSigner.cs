using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lightport.Transport.Body;
using Lightport.Transport.Signing;

namespace Lightport.Strangers.Frames;

/// <summary>Signs method, path, headers and body, at a time that is signed too.</summary>
internal sealed class FramesSigner(TimeProvider clock) : IRequestSigner
{
    public const string Name = "frames-hmac";

    public void Sign(SigningRequest request, string key)
    {
        request.Headers.Add(new("x-frames-date", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
        string signature = Signature(request.Method, request.Address, request.Headers, request.Body, key);
        request.Headers.Add(new("x-frames-signature", signature));
    }

    /// <summary>What a provider would compute, over all headers but the signature itself.</summary>
    public static string Signature(
        HttpMethod method,
        Uri address,
        IEnumerable<KeyValuePair<string, string>> headers,
        BodySegments body,
        string key)
    {
        IEnumerable<string> signed = headers
            .Where(header => header.Key != "x-frames-signature")
            .Select(header => $"{header.Key.ToLowerInvariant()}:{header.Value}")
            .Order(StringComparer.Ordinal);
        string text = string.Join('\n', [
            method.Method, address.AbsolutePath, .. signed, Convert.ToHexString(SHA256.HashData(body.ToArray()))]);
        return Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
    }
}
