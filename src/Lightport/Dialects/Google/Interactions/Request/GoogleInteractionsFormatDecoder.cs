using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads the answer's format: one of text, with its media type and schema, or a bare JSON Schema. Formats of pictures,
/// sound and video are of those alone who make them.
/// </summary>
internal static class GoogleInteractionsFormatDecoder
{
    private const string Field = "response_format";

    private static readonly FrozenSet<string> KnownOfText = FrozenSet.Create("type", "mime_type", "schema");

    public static ResponseFormat? Decode(RequestFields fields, List<Extension> extensions)
    {
        JsonElement root = fields.Root;
        ResponseFormat? read = fields.Text(root, "response_mime_type") == "application/json" ? Object() : null;
        JsonElement? given = fields.Find(root, Field);
        IEnumerable<JsonElement> formats = given switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
            { } one => [one],
        };
        foreach (JsonElement format in formats)
        {
            switch (format.TextOf("type"))
            {
                case "text":
                    read = OfText(fields, format) ?? read;
                    extensions.AddRange(
                        fields.Others(format, KnownOfText, GoogleInteractionsOwnFields.FormatPrefix));
                    break;
                case "image" or "audio" or "video":
                    extensions.Add(new Extension(Field, format) { ChangesMeaning = true });
                    break;
                default:
                    read = ToSchema(format);
                    break;
            }
        }

        return read;
    }

    private static ResponseFormat? OfText(RequestFields fields, JsonElement format) =>
        fields.Object(format, "schema") is { } schema ? ToSchema(schema)
        : fields.Text(format, "mime_type") == "application/json" ? Object()
        : null;

    private static ResponseFormat Object() => new(ResponseFormatKind.JsonObject) { Field = Field };

    private static ResponseFormat ToSchema(JsonElement schema) => new(ResponseFormatKind.JsonSchema)
    {
        Schema = schema,
        AlwaysStrict = true,
        Field = Field,
    };
}
