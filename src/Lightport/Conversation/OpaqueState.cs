using System.Buffers.Text;
using System.Text;

namespace Lightport.Conversation;

/// <summary>
/// Bytes that a provider wants back unchanged to go on: a thinking signature, redacted or encrypted reasoning.
/// </summary>
/// <param name="Format">Who made it and so who can read it: one of <see cref="StateFormats"/>.</param>
/// <param name="Data">The provider's own text, never looked into.</param>
/// <param name="Redacted">The data is the thinking itself, unreadable, and not a signature beside it.</param>
public sealed record OpaqueState(string Format, string Data, bool Redacted = false)
{
    private const string Prefix = "lp1.";

    /// <summary>How every envelope begins: by it the gateway knows its own, which no provider can read.</summary>
    public static ReadOnlySpan<byte> Mark => "lp1."u8;

    /// <summary>One string that fits a foreign dialect's slot (another vendor's <c>signature</c>).</summary>
    public string ToEnvelope()
    {
        string data = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Data));
        return $"{Prefix}{Format}.{(Redacted ? 'r' : 's')}.{data}";
    }

    /// <summary>
    /// Reads what <see cref="ToEnvelope"/> wrote; anything else is the slot's own state, in its own format.
    /// </summary>
    public static OpaqueState FromSlot(string text, string ownFormat, bool redacted = false)
    {
        string[] parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text.Split('.') : [];
        return parts is [_, var format, "r" or "s", var data] && Base64Url.IsValid(data)
            ? new(format, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(data)), parts[2] == "r")
            : new(ownFormat, text, redacted);
    }
}
