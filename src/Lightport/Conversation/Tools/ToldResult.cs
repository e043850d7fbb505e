using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lightport.Conversation;

/// <summary>
/// The result of a tool that the gateway ran, as a client is told it. The client brings back one text: what a model is
/// told at once and what it is told in later turns are the same only where a result is one text from the start.
/// </summary>
internal static class ToldResult
{
    /// <summary>What each line ends with that stands for what is no text.</summary>
    private const string End = ", which the model was shown.]";

    private const int MarkBytes = 8;

    /// <summary>The parts with all text in one, before whatever else there is.</summary>
    public static IReadOnlyList<ContentPart> Joined(IReadOnlyList<ContentPart> parts)
    {
        string[] texts = [.. parts.OfType<TextPart>().Select(part => part.Text)];
        return texts.Length == 0 || (texts.Length == 1 && parts[0] is TextPart)
            ? parts
            : [new TextPart(string.Join('\n', texts)), .. parts.Where(part => part is not TextPart)];
    }

    /// <summary>All of it as one text; in the place of what is none, a line that says what it was.</summary>
    public static string Text(IReadOnlyList<ContentPart> parts)
    {
        if (parts is [TextPart only])
        {
            return only.Text;
        }

        var text = new StringBuilder();
        foreach (ContentPart part in Joined(parts))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(part is TextPart said ? said.Text : Placeholder(part));
        }

        return text.ToString();
    }

    /// <summary>Whether a text may have a line in it that stands for something else.</summary>
    public static bool HasPlaceholder(string text) => text.Contains(End, StringComparison.Ordinal);

    /// <summary>Whether a client is told all of it.</summary>
    public static bool IsText(IReadOnlyList<ContentPart> parts) => parts.All(part => part is TextPart);

    private static string Placeholder(ContentPart part)
    {
        (string kind, MediaSource? source) = part switch
        {
            ImagePart image => ("An image", image.Source),
            AudioPart audio => ("A sound", audio.Source),
            FilePart file => ("A file", file.Source),
            _ => ("A part", (MediaSource?)null),
        };
        string mark = MarkOf($"{source?.Url}\n{source?.Base64}\n{source?.Text}\n{source?.FileId}");
        string type = source?.MediaType is { } known ? $"{known}, {mark}" : mark;
        return string.Create(CultureInfo.InvariantCulture, $"[{kind} ({type}){End}");
    }

    /// <summary>Which it is, so that the line says of no other.</summary>
    private static string MarkOf(string what) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, MarkBytes));
}
