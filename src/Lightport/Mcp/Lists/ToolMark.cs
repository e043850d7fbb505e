using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lightport.Mcp.Lists;

/// <summary>
/// Tells whether a tool is still what it was: a hash of all that a model is told of it, and behind it a short one of
/// each part, which says what has changed and decides nothing.
/// </summary>
internal static class ToolMark
{
    private const int WholeLength = 2 * SHA256.HashSizeInBytes;
    private const int PartLength = 8;

    private static readonly string[] Parts = ["title", "description", "what it says of its effects", "parameters"];

    public static string Of(McpTool tool) =>
        Hash(writer =>
        {
            writer.WriteStringValue(tool.Name);
            writer.WriteStringValue(tool.Title);
            writer.WriteStringValue(tool.Description);
            WriteEffects(writer, tool);
            Write(writer, tool.Parameters);
        })
        + Part(writer => writer.WriteStringValue(tool.Title))
        + Part(writer => writer.WriteStringValue(tool.Description))
        + Part(writer => WriteEffects(writer, tool))
        + Part(writer => Write(writer, tool.Parameters));

    public static bool IsSame(string one, string other) =>
        one.AsSpan(0, Math.Min(one.Length, WholeLength)).SequenceEqual(
            other.AsSpan(0, Math.Min(other.Length, WholeLength)));

    /// <summary>What of a tool has changed, in words; empty where a mark does not say its parts.</summary>
    public static IReadOnlyList<string> Differences(string was, string now)
    {
        bool saysParts = was.Length == WholeLength + (Parts.Length * PartLength) && was.Length == now.Length;
        return saysParts ? [.. Parts.Where((_, part) => !PartOf(was, part).SequenceEqual(PartOf(now, part)))] : [];
    }

    private static ReadOnlySpan<char> PartOf(string mark, int part) =>
        mark.AsSpan(WholeLength + (part * PartLength), PartLength);

    private static string Part(Action<Utf8JsonWriter> write) => Hash(write)[..PartLength];

    private static string Hash(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    private static void WriteEffects(Utf8JsonWriter writer, McpTool tool)
    {
        writer.WriteBooleanValue(tool.IsReadOnly);
        writer.WriteBooleanValue(tool.IsIdempotent);
    }

    /// <summary>Whether all that it says is text, so that it can be hashed, and told to models.</summary>
    public static bool CanBeMade(McpTool tool)
    {
        try
        {
            Of(tool);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>In the order of the names, since some servers write fields in another at each answer.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject()
                    .OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
