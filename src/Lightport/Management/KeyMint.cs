using System.Buffers.Text;
using System.Security.Cryptography;

namespace Lightport.Management;

/// <summary>Makes client keys: 256 random bits behind a prefix that secret scanners can look for.</summary>
internal static class KeyMint
{
    public const string Prefix = "lp-";

    public static string Next() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
