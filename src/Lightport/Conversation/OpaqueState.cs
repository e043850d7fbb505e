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
    /// <summary>Longer names, in base64url, are left out of an envelope and not read from one.</summary>
    private const int LongestName = 512;

    /// <summary>The provider that made it, by its name in the configuration; null where that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>The model that made it, by the provider's name for it; null where that is not known.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The provider's own id of what it belongs to, where the slot is all that brings that back; else null.
    /// </summary>
    public string? Item { get; init; }

    /// <summary>What a JSON string with an envelope begins with, quote included.</summary>
    public static ReadOnlySpan<byte> Mark => "\"lp"u8;

    /// <summary>Whether a slot's text is the gateway's own envelope, which no provider can read.</summary>
    public static bool IsEnvelope(ReadOnlySpan<byte> text) =>
        text.StartsWith("lp1."u8) || text.StartsWith("lp2."u8) || text.StartsWith("lp3."u8);

    /// <summary>
    /// One string that fits a foreign dialect's slot (another vendor's <c>signature</c>); version 2 names the maker,
    /// version 3 also what it belongs to.
    /// </summary>
    public string ToEnvelope()
    {
        char kind = Redacted ? 'r' : 's';
        if (Item is not null)
        {
            return $"lp3.{Format}.{kind}.{EncodeName(Account)}.{EncodeName(Model)}.{EncodeName(Item)}.{Encode(Data)}";
        }

        return Account is null && Model is null
            ? $"lp1.{Format}.{kind}.{Encode(Data)}"
            : $"lp2.{Format}.{kind}.{EncodeName(Account)}.{EncodeName(Model)}.{Encode(Data)}";
    }

    /// <summary>
    /// Reads what <see cref="ToEnvelope"/> wrote; anything else is the slot's own state, in its own format.
    /// </summary>
    public static OpaqueState FromSlot(string text, string ownFormat, bool redacted = false)
    {
        string[] parts = text.StartsWith("lp", StringComparison.Ordinal) ? text.Split('.', 7) : [];
        return parts switch
        {
            ["lp1", var format, "r" or "s", var data] when Base64Url.IsValid(data) =>
                new(format, Decode(data), parts[2] == "r"),
            ["lp2", var format, "r" or "s", var account, var model, var data]
                when IsName(account) && IsName(model) && Base64Url.IsValid(data) =>
                new(format, Decode(data), parts[2] == "r")
                {
                    Account = DecodeName(account),
                    Model = DecodeName(model),
                },
            ["lp3", var format, "r" or "s", var account, var model, var item, var data]
                when IsName(account) && IsName(model) && IsName(item) && Base64Url.IsValid(data) =>
                new(format, Decode(data), parts[2] == "r")
                {
                    Account = DecodeName(account),
                    Model = DecodeName(model),
                    Item = DecodeName(item),
                },
            _ => new(ownFormat, text, redacted),
        };
    }

    /// <summary>
    /// Whether a target can read it, as far as its maker is known: an encrypted state is readable only in its own
    /// format, by the account and the model that made it.
    /// </summary>
    public bool CanBeReadBy(string format, string account, string model) =>
        Format == format && (Account ?? account) == account && (Model ?? model) == model;

    private static bool IsName(string text) => text.Length <= LongestName && Base64Url.IsValid(text);

    private static string EncodeName(string? name) =>
        name is not null && Encode(name) is { Length: <= LongestName } encoded ? encoded : "";

    private static string? DecodeName(string text) => text.Length == 0 ? null : Decode(text);

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string text) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
}
