using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads the answer's format (https://ai.google.dev/gemini-api/docs/structured-output): JSON, perhaps to a schema that
/// is said in one of two ways.
/// </summary>
internal static class GoogleGeminiFormatDecoder
{
    private const string Json = "application/json";

    /// <summary>The second is what an older version of the API calls the first.</summary>
    private static readonly string[] JsonSchemas = ["responseJsonSchema", "_responseJsonSchema"];

    public static ResponseFormat? Decode(GoogleGeminiFields fields, JsonElement config, List<Extension> extensions)
    {
        foreach (string name in JsonSchemas)
        {
            if (fields.Object(config, name) is { } schema)
            {
                return ToSchema(schema, name);
            }
        }

        string? type = fields.Text(config, "responseMimeType");
        JsonElement? own = fields.Object(config, "responseSchema");
        if (type is not (null or "" or Json or "text/plain"))
        {
            // One bare word of a list (text/x.enum): no other dialect asks for it, and it would come as JSON.
            JsonElement said = fields.Find(config, "responseMimeType")!.Value;
            extensions.Add(new Extension("generationConfig.responseMimeType", said) { ChangesMeaning = true });
            return null;
        }

        return own is { } written ? ToSchema(GoogleGeminiSchemaReader.Read(written), "responseSchema")
            : type == Json ? new ResponseFormat(ResponseFormatKind.JsonObject)
            {
                Field = "generationConfig.responseMimeType",
            }
            : null;
    }

    private static ResponseFormat ToSchema(JsonElement schema, string field) => new(ResponseFormatKind.JsonSchema)
    {
        Schema = schema,
        AlwaysStrict = true,
        Field = $"generationConfig.{field}",
    };
}
