using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lightport.Transport.Signing;

/// <summary>
/// Version 4 of AWS's signature: for one day, region and service, by a key that is derived from the secret one
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
/// </summary>
internal static class AwsSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>A time as the header <c>X-Amz-Date</c> has it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The value of <c>Authorization</c>.</summary>
    /// <param name="request">What is signed, the time among its headers.</param>
    /// <param name="time">As <see cref="Time"/> writes it.</param>
    public static string Authorization(
        AwsCanonicalRequest request, AwsCredentials credentials, string time, string region, string service)
    {
        string date = time[..8];
        string scope = $"{date}/{region}/{service}/aws4_request";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Text)));
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey);
        foreach (string part in (ReadOnlySpan<string>)[date, region, service, "aws4_request"])
        {
            key = Sign(key, part);
        }

        string signature = Convert.ToHexStringLower(Sign(key, $"{Algorithm}\n{time}\n{scope}\n{hash}"));
        return $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, "
            + $"SignedHeaders={request.SignedHeaders}, Signature={signature}";
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
