using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Conversation;

namespace Lightport.Mcp.Connections;

/// <summary>What a server says of a call's progress, as a sentence.</summary>
internal static class ProgressText
{
    /// <summary>Null where nothing can be made of it.</summary>
    public static string? Of(JsonObject said)
    {
        if (said["message"] is JsonValue message && message.TryGetValue(out string? text) && text.Length > 0)
        {
            return ShortText.Of(text, McpBounds.LongestProgress);
        }

        return Number(said, "progress") is not { } progress
            ? null
            : Number(said, "total") is { } total
                ? string.Create(CultureInfo.InvariantCulture, $"{progress} of {total}")
                : string.Create(CultureInfo.InvariantCulture, $"{progress}");
    }

    private static double? Number(JsonObject said, string name) =>
        said[name] is JsonValue value && value.TryGetValue(out double number) ? number : null;
}
