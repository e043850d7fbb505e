using System.Text;
using System.Text.Json;

namespace Lightport.Storage;

/// <summary>A key's tags as one text, the same for the same tags: a JSON object in the order of its names.</summary>
public static class TagText
{
    /// <summary>In UTF-16 units; what of a configuration's tags is beyond it is left out of reports.</summary>
    private const int Longest = 8_000;

    /// <summary>Empty where there are none.</summary>
    public static string Of(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0)
        {
            return "";
        }

        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            int length = 0;
            writer.WriteStartObject();
            foreach ((string name, string value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
            {
                length += name.Length + value.Length;
                if (length <= Longest)
                {
                    writer.WriteString(name, value);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>What stands under a name; null where nothing does, or the text is no text of tags.</summary>
    public static string? Find(string text, string name)
    {
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            using JsonDocument tags = JsonDocument.Parse(text);
            return tags.RootElement.ValueKind == JsonValueKind.Object
                && tags.RootElement.TryGetProperty(name, out JsonElement value)
                && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }
        catch (JsonException)
        {
            // A row that somebody edited: its numbers count, and its tags are none.
            return null;
        }
    }
}
