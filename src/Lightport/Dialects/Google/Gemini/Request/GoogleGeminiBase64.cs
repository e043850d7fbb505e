using System.Buffers.Text;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Bytes as protobuf's JSON takes them: standard base64 or base64url, padded or not
/// (https://protobuf.dev/programming-guides/json/).
/// </summary>
internal static class GoogleGeminiBase64
{
    /// <summary>The same bytes in standard base64 with its padding; null where the text is none of both.</summary>
    public static string? Standard(string text)
    {
        if (text.Length % 4 == 0 && Base64.IsValid(text.AsSpan()))
        {
            return text;
        }

        string url = text.Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url) ? Convert.ToBase64String(Base64Url.DecodeFromChars(url)) : null;
    }
}
