using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lightport.Cli.Output;

/// <summary>JSON for the eyes: nothing escaped that need not be.</summary>
internal static class JsonText
{
    public static string Compact(JsonElement value) => Write(value, indented: false);

    /// <summary>On lines of their own, two spaces a level.</summary>
    public static string Pretty(JsonElement value) => Write(value, indented: true);

    /// <summary>As <see cref="Pretty(JsonElement)"/>; text that is not JSON stays as it is.</summary>
    public static string Pretty(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Pretty(document.RootElement);
        }
        catch (JsonException)
        {
            // A store gives back what it holds, JSON or not.
            return json;
        }
    }

    /// <summary>A value as a cell of a table: text without its quotes, nothing for null.</summary>
    public static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => Compact(value),
    };

    private static string Write(JsonElement value, bool indented)
    {
        var buffer = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = indented,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
