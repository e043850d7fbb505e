using System.Globalization;
using Lightport.Dialects;

namespace Lightport.Tests.Laws;

/// <summary>
/// What is let off, with the reason; there is no other place for it. One more is in <see cref="Laws"/>: Azure leaves
/// <c>message</c> out of a choice whose whole answer it filtered, and it is passed on so.
/// </summary>
internal static class Relaxations
{
    /// <summary>Writer's first API has this path and a wire of its own (<c>{"value":"…"}</c>).</summary>
    public static bool IsAnotherWire(string url) =>
        url.StartsWith("https://api.writer.com/v1/completions", StringComparison.Ordinal);

    /// <summary>A code that is a number says the status again; the client gets a word in its place.</summary>
    public static (string? Message, string? Code) Apply((string? Message, string? Code) error) =>
        int.TryParse(error.Code, CultureInfo.InvariantCulture, out _) ? (error.Message, null) : error;

    /// <summary>xAI, and some behind OpenRouter, count reasoning beside the completion, not within it.</summary>
    public static long Beside((long Prompt, long Completion, long Reasoning) told) => told.Completion + told.Reasoning;

    /// <summary>
    /// A CRLF that came in two reads is handed on with a line end more, which means nothing between events; a wire of
    /// LF alone is held to the byte.
    /// </summary>
    public static string Framing(string sse) => !sse.Contains('\r', StringComparison.Ordinal) ? sse : string.Join(
        "\n\n", sse.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Where the provider told no usage, the client gets an estimate, which nothing can be held against.</summary>
    public static string Estimate(string expected, string actual)
    {
        int last = expected.LastIndexOf('\n') + 1;
        return expected[last..].TrimEnd() == "usage" ? actual[..(actual.LastIndexOf('\n') + 1)] + expected[last..] : actual;
    }

    public static string Apply(Passage passage, string meaning)
    {
        List<string> lines = [.. meaning.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];
        if (passage.Client == DialectIds.AnthropicMessages && !passage.Same)
        {
            // A message is one answer: of several choices the first is told.
            int second = lines.FindIndex(line => line.StartsWith("choice 1", StringComparison.Ordinal));
            if (second >= 0)
            {
                lines.RemoveRange(second, lines.Count - 1 - second);
            }

            // A refusal is told by chat in a field of its own under any finish, by Messages only in how it ends.
            lines[0] = lines[0].Replace("ContentFilter", "Stop", StringComparison.Ordinal);
        }

        if (passage is { Client: DialectIds.OpenAIChat, Stream: true, IncludeUsage: false })
        {
            // A client that did not ask for usage gets none.
            lines[^1] = "usage";
        }

        return string.Join('\n', lines);
    }
}
