using System.Buffers.Text;
using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// The slot <c>thoughtSignature</c> (https://ai.google.dev/gemini-api/docs/thought-signatures), both ways. Its type is
/// bytes, so clients may decode it and encode it anew, some of them in base64url: another vendor's state rides in it as
/// the base64 of its envelope.
/// </summary>
internal static class GoogleGeminiSignature
{
    /// <summary>What the base64 of every envelope begins with; a JSON string's opening quote included.</summary>
    public static ReadOnlySpan<byte> Mark => "\"bHA"u8;

    /// <summary>The slot's text for a client.</summary>
    /// <param name="own">The format that stands in the slot as it is.</param>
    public static string Write(OpaqueState state, string own = StateFormats.Gemini) => state.Format == own
        ? state.Data
        : Convert.ToBase64String(Encoding.UTF8.GetBytes(state.ToEnvelope()));

    /// <summary>What a client's slot holds: another vendor's state out of its envelope, or Google's own.</summary>
    public static OpaqueState Read(string slot, string own = StateFormats.Gemini) => Envelope(slot) is { } envelope
        ? OpaqueState.FromSlot(envelope, own)
        : new OpaqueState(own, slot);

    /// <summary>Whether a slot's text is the gateway's own envelope, which Gemini cannot read.</summary>
    public static bool IsEnvelope(string slot) => Envelope(slot) is not null;

    private static string? Envelope(string slot)
    {
        if (!slot.StartsWith("bHA", StringComparison.Ordinal))
        {
            return null;
        }

        string url = slot.Replace('+', '-').Replace('/', '_');
        if (!Base64Url.IsValid(url))
        {
            return null;
        }

        byte[] text = Base64Url.DecodeFromChars(url);
        return OpaqueState.IsEnvelope(text) ? Encoding.UTF8.GetString(text) : null;
    }
}
