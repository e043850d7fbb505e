using System.Text;

namespace Lightport.Transport.Signing;

/// <summary>
/// A request as AWS reads it before it checks a signature
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
/// </summary>
/// <param name="Text">All of it that is signed.</param>
/// <param name="SignedHeaders">The names of the headers in it, sorted.</param>
internal readonly record struct AwsCanonicalRequest(string Text, string SignedHeaders)
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <param name="path">As it is sent, which is escaped once more here.</param>
    /// <param name="query">As it is sent, without its question mark.</param>
    /// <param name="headers">Those that are signed, in the order in which they are sent.</param>
    /// <param name="bodyHash">SHA-256 of the body in hexadecimal digits.</param>
    /// <param name="normalizesPath">Whether the service reads <c>.</c>, <c>..</c> and <c>//</c> as files do.</param>
    public static AwsCanonicalRequest Of(
        string method,
        string path,
        string query,
        IEnumerable<KeyValuePair<string, string>> headers,
        string bodyHash,
        bool normalizesPath = true)
    {
        var text = new StringBuilder(512).Append(method).Append('\n');
        Escape(normalizesPath ? Normalize(path) : path, text, keepsSlash: true);
        text.Append('\n').AppendJoin('&', Fields(query)).Append('\n');
        var signed = new List<string>();
        foreach (IGrouping<string, string> header in headers
            .GroupBy(header => header.Key.ToLowerInvariant(), header => header.Value)
            .OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            signed.Add(header.Key);
            text.Append(header.Key).Append(':').AppendJoin(',', header.Select(Trim)).Append('\n');
        }

        string names = string.Join(';', signed);
        text.Append('\n').Append(names).Append('\n').Append(bodyHash);
        return new AwsCanonicalRequest(text.ToString(), names);
    }

    private static IEnumerable<string> Fields(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split('=', 2))
            .Select(pair => (
                Name: Escaped(Uri.UnescapeDataString(pair[0])),
                Value: pair.Length > 1 ? Escaped(Uri.UnescapeDataString(pair[1])) : ""))
            .OrderBy(field => field.Name, StringComparer.Ordinal)
            .ThenBy(field => field.Value, StringComparer.Ordinal)
            .Select(field => $"{field.Name}={field.Value}");

    /// <summary>Without white space around it, and one space for each run of it inside.</summary>
    private static string Trim(string value) =>
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Normalize(string path)
    {
        var kept = new List<string>();
        foreach (string segment in path.Split('/'))
        {
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                kept.Add(segment);
            }
        }

        string end = kept.Count > 0 && path[^1] is '/' or '.' ? "/" : "";
        return "/" + string.Join('/', kept) + end;
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        Escape(text, escaped, keepsSlash: false);
        return escaped.ToString();
    }

    /// <summary>Every byte but letters, digits and <c>-._~</c>.</summary>
    private static void Escape(string text, StringBuilder escaped, bool keepsSlash)
    {
        foreach (byte letter in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || "-._~".Contains((char)letter, StringComparison.Ordinal)
                || (keepsSlash && letter == '/'))
            {
                escaped.Append((char)letter);
            }
            else
            {
                escaped.Append('%').Append(HexDigits[letter >> 4]).Append(HexDigits[letter & 15]);
            }
        }
    }
}
