using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>
/// One text for JSON that means the same: clients read a call's arguments and write them anew, with other white space,
/// escapes, numbers (<c>1.0</c>, <c>1</c>) and order of fields.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The text itself where it is no JSON.</summary>
    public static string Of(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return json;
        }
    }

    public static string Of(JsonElement element)
    {
        var text = new StringBuilder();
        try
        {
            Write(element, text);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair cannot be read as text: what holds one is taken as it is written.
            return element.GetRawText();
        }

        return text.ToString();
    }

    private static void Write(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty property in element.EnumerateObject()
                    .OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    WriteText(property.Name, text);
                    Write(property.Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(item, text);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteText(element.GetString()!, text);
                break;
            case JsonValueKind.Number when element.TryGetDouble(out double number) && double.IsFinite(number):
                text.Append(number.ToString("R", CultureInfo.InvariantCulture)).Append(',');
                break;
            default:
                text.Append(element.GetRawText()).Append(',');
                break;
        }
    }

    /// <summary>With its length before it, so that nothing it says can be taken for what stands around it.</summary>
    private static void WriteText(string value, StringBuilder text) =>
        text.Append(CultureInfo.InvariantCulture, $"\"{value.Length}:").Append(value);
}
