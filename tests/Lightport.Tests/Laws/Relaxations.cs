using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lightport.Dialects;

namespace Lightport.Tests.Laws;

/// <summary>
/// What is let off, with the reason; what a dialect has no words for is in <see cref="Expectation"/>.
/// </summary>
internal static class Relaxations
{
    /// <summary>Writer's first API has this path and a wire of its own (<c>{"value":"…"}</c>).</summary>
    public static bool IsAnotherWire(string url) =>
        url.StartsWith("https://api.writer.com/v1/completions", StringComparison.Ordinal);

    /// <summary>Answers of Responses in the background, which the gateway refuses to ask for.</summary>
    public static bool IsNotWaitedFor(byte[] body) =>
        Regex.IsMatch(Encoding.UTF8.GetString(body), "\"background\": ?true");

    /// <summary>OpenRouter ends Responses as it ends chat, by a word that Responses does not have.</summary>
    public static bool IsWithoutDone(string dialect, string expected, string actual) =>
        dialect == DialectIds.OpenAIResponses
        && expected.EndsWith("data: [DONE]", StringComparison.Ordinal)
        && expected[..expected.LastIndexOf("data: ", StringComparison.Ordinal)].TrimEnd() == actual;

    /// <summary>A code that is a number says the status again; the client gets a word in its place.</summary>
    public static (string? Message, string? Code) Apply((string? Message, string? Code) error) =>
        int.TryParse(error.Code, CultureInfo.InvariantCulture, out _) ? (error.Message, null) : error;

    /// <summary>
    /// A CRLF that came in two reads is handed on with a line end more, which means nothing between events; a wire of
    /// LF alone is held to the byte.
    /// </summary>
    public static string Framing(string sse) => !sse.Contains('\r', StringComparison.Ordinal) ? sse : string.Join(
        "\n\n", sse.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
