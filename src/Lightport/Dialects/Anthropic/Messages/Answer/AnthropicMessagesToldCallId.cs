using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// A call's id as a Messages client is told it. The API takes only <c>^[a-zA-Z0-9_-]+$</c>, and a client's history may
/// pass to it byte for byte; so an id of another kind rides behind a mark, and is taken out again for whoever made it.
/// </summary>
internal static class AnthropicMessagesToldCallId
{
    private const string Mark = "lpcall_";

    private static readonly SearchValues<char> Taken =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public static string Encode(string id) => id.AsSpan().ContainsAnyExcept(Taken)
        ? Mark + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id))
        : id;

    /// <summary>The provider's own id; one that was never marked stays as it is.</summary>
    public static string Decode(string told)
    {
        if (!told.StartsWith(Mark, StringComparison.Ordinal) || !Base64Url.IsValid(told.AsSpan(Mark.Length)))
        {
            return told;
        }

        string id = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(told.AsSpan(Mark.Length)));
        return Encode(id) == told ? id : told;
    }
}
