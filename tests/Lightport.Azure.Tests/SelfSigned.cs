using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lightport.Azure.Tests;

/// <summary>A certificate for a server on loopback, good for a day.</summary>
internal static class SelfSigned
{
    public static X509Certificate2 Create()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
