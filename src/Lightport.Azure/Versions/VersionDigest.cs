using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>Tells whether what is read is what was written: SHA-256 in lower-case hexadecimal digits.</summary>
internal static class VersionDigest
{
    private const byte End = 0;

    /// <param name="entries">In order.</param>
    public static string Of(IEnumerable<ConfigurationEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ConfigurationEntry entry in entries)
        {
            Append(hash, entry.Kind);
            Append(hash, entry.Name);
            Append(hash, entry.Order.ToString(CultureInfo.InvariantCulture));
            Append(hash, entry.Json);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([End]);
    }
}
