namespace Lightport.Dialects;

/// <summary>
/// What is billed for tools that a provider runs (https://platform.openai.com/docs/pricing#built-in-tools,
/// https://platform.claude.com/docs/en/about-claude/pricing#specific-tool-pricing). Containers are billed by time, and
/// pictures by another model's price, which no price of the model's own has. A search of files has a fee of its own,
/// and one by the tool's preview costs two and a half times as much at models that do not reason.
/// </summary>
internal static class ToolFees
{
    private static readonly byte[][] Free =
        ["web_fetch"u8.ToArray(), "url_context"u8.ToArray(), "mcp"u8.ToArray(), "tool_search"u8.ToArray()];

    private static readonly byte[][] Searches =
        ["web_search"u8.ToArray(), "google_search"u8.ToArray()];

    /// <summary>What begins as a search does, and has another fee.</summary>
    private static readonly byte[][] Other = ["web_search_preview"u8.ToArray()];

    /// <param name="type">JSON text.</param>
    public static ToolFee Of(ReadOnlySpan<byte> type)
    {
        if (type.Length < 2 || type[0] != '"')
        {
            return ToolFee.Unknown;
        }

        ReadOnlySpan<byte> text = type[1..^1];
        return StartsWithAny(text, Free) ? ToolFee.None
            : StartsWithAny(text, Searches) && !StartsWithAny(text, Other) ? ToolFee.Search
            : ToolFee.Unknown;
    }

    private static bool StartsWithAny(ReadOnlySpan<byte> text, byte[][] words)
    {
        foreach (byte[] word in words)
        {
            if (text.StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }
}
