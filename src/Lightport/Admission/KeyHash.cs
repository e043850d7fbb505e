using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Lightport.Storage;

namespace Lightport.Admission;

/// <summary>
/// SHA-256 of a key's UTF-8: the only form in which client keys are kept and compared. Equality takes the same time
/// wherever two hashes differ.
/// </summary>
[InlineArray(Bytes)]
public struct KeyHash : IEquatable<KeyHash>
{
    public const int Bytes = SHA256.HashSizeInBytes;

#pragma warning disable IDE0044, IDE0051 // The one element that the inline array repeats.
    private byte _first;
#pragma warning restore IDE0044, IDE0051

    /// <summary>The hash's first digits: tells keys apart in logs, and gives none away.</summary>
    public readonly string Id => ToString()[..ClientKeyRecord.IdLength];

    /// <summary>The hash of a key; allocates nothing.</summary>
    public static KeyHash Of(ReadOnlySpan<char> key)
    {
        var hash = default(KeyHash);
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

        return hash;
    }

    /// <summary>Reads 64 hexadecimal digits; null where they are none.</summary>
    public static KeyHash? Parse(string digits)
    {
        if (digits.Length != Bytes * 2 || !digits.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var hash = default(KeyHash);
        Convert.FromHexString(digits, hash, out _, out _);
        return hash;
    }

    public static bool operator ==(KeyHash left, KeyHash right) => left.Equals(right);

    public static bool operator !=(KeyHash left, KeyHash right) => !left.Equals(right);

    public readonly bool Equals(KeyHash other) => CryptographicOperations.FixedTimeEquals(this, other);

    public override readonly bool Equals(object? obj) => obj is KeyHash other && Equals(other);

    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(this);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override readonly string ToString() => Convert.ToHexStringLower(this);
}
