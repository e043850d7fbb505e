namespace Lightport.Conversation;

/// <summary>
/// What coders ask of the parts of a turn, most of which has one: asked by index, which makes no enumerators.
/// </summary>
internal static class ContentPartListExtensions
{
    public static bool Has(this IReadOnlyList<ContentPart> parts, Func<ContentPart, bool> asked)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (asked(parts[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first part of a kind; null where there is none.</summary>
    public static TPart? First<TPart>(this IReadOnlyList<ContentPart> parts)
        where TPart : ContentPart
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i] is TPart part)
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>The texts of those parts that have one, as one text; null where none has.</summary>
    public static string? Joined(this IReadOnlyList<ContentPart> parts, Func<ContentPart, string?> textOf)
    {
        var pieces = default(TextPieces);
        for (int i = 0; i < parts.Count; i++)
        {
            if (textOf(parts[i]) is { } text)
            {
                pieces.Append(text);
            }
        }

        return pieces.IsBegun ? pieces.ToString() : null;
    }
}
