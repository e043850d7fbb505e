using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lightport.Conversation;

/// <summary>
/// Tells what the gateway itself has told a client from what somebody else has made up or changed: a tag over it, by a
/// key that nobody else has. It hides nothing.
/// </summary>
internal sealed class IdSeal
{
    /// <summary>The letters of a tag, of those that every dialect's ids may have: 96 bits in base64url.</summary>
    public const int TagLength = 16;

    private const int TagBytes = 12;

    private readonly byte[] _key;

    /// <param name="secret">As it is kept; of any length.</param>
    public IdSeal(string secret)
        : this(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "lightport: ids that clients bring back"u8), "")
    {
    }

    private IdSeal(byte[] key, string owner) => (_key, Owner) = (key, owner);

    /// <summary>Who alone may answer what is asked under it; empty where nobody is named.</summary>
    public string Owner { get; }

    /// <summary>A seal that nobody else can have, and that is forgotten with the process.</summary>
    public static IdSeal OfThisProcess() => new(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The same, whose questions are for one caller.</summary>
    public IdSeal For(string owner) => new(_key, owner);

    /// <param name="kind">What is sealed: a tag of one kind is none of another.</param>
    /// <param name="told">All that must come back as it was told.</param>
    public string Tag(string kind, params ReadOnlySpan<string> told)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Append(hash, kind);
        foreach (string text in told)
        {
            Append(hash, text);
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, TagBytes));
    }

    /// <summary>With its length, so that what belongs to one text cannot be moved to the next.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
