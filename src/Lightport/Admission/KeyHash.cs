using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Lightport.Admission;

/// <summary>SHA-256 of a key's UTF-8: the only form in which client keys are kept and compared.</summary>
public static class KeyHash
{
    public const int Bytes = SHA256.HashSizeInBytes;

    /// <summary>Writes the hash of a key; allocates nothing.</summary>
    public static void Compute(ReadOnlySpan<char> key, Span<byte> hash)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(key.Length));
        try
        {
            int length = Encoding.UTF8.GetBytes(key, rented);
            SHA256.HashData(rented.AsSpan(0, length), hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>The hash's first eight digits: tells keys apart in logs, and gives none away.</summary>
    public static string Id(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..4]);
}
