using System.Globalization;

namespace Lightport.Storage;

/// <summary>Names a text by its content.</summary>
internal static class TextMark
{
    /// <summary>
    /// FNV-1a: it only tells texts apart, and loading a cryptographic library would be felt at startup.
    /// </summary>
    public static string Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
