using System.Security.Cryptography;
using System.Text;
using Lightport.Transport.Signing;

namespace Lightport.Tests.Transport.Signing;

/// <summary>Signs as vendors do whose key never travels: a digest of the method and of all bytes of the body.</summary>
internal sealed class BodyHashSigner : IRequestSigner
{
    public const string Header = "x-signature";

    public void Sign(SigningRequest request, string key)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hash.AppendData(Encoding.UTF8.GetBytes(request.Method.Method));
        foreach (ReadOnlyMemory<byte> segment in request.Body.Segments)
        {
            hash.AppendData(segment.Span);
        }

        request.Headers.Add(new(Header, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }
}
