using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads tools (https://ai.google.dev/api/caching#Tool): functions in lists, and each tool that Google runs itself as a
/// field of its own beside them.
/// </summary>
internal static class GoogleGeminiToolDecoder
{
    private const string Functions = "functionDeclarations";

    private static readonly FrozenSet<string> FunctionNames = GoogleGeminiFields.Names(Functions);

    private static readonly FrozenSet<string> Known =
        GoogleGeminiFields.Names("name", "description", "parameters", "parametersJsonSchema");

    public static IReadOnlyList<ToolDefinition> Decode(GoogleGeminiFields fields)
    {
        var tools = new List<ToolDefinition>();
        foreach (JsonElement tool in fields.Items(fields.Root, "tools"))
        {
            foreach (JsonElement function in fields.Items(tool, Functions))
            {
                fields.Tally.AddTool();
                tools.Add(Function(fields, function));
            }

            foreach (Extension own in fields.Others(tool, FunctionNames))
            {
                fields.Tally.AddTool();
                tools.Add(OfGoogle(own));
            }
        }

        return tools;
    }

    private static ToolDefinition Function(GoogleGeminiFields fields, JsonElement function)
    {
        IReadOnlyList<Extension> others = fields.Others(function, Known);
        bool whole = others.Count > 0;
        return new ToolDefinition(fields.RequiredText(function, "name"))
        {
            Description = fields.Text(function, "description"),
            Parameters = Parameters(fields, function),
            Extensions = others,
            Native = whole ? function : null,
            NativeDialect = whole ? DialectIds.GoogleGemini : null,
        };
    }

    private static JsonElement? Parameters(GoogleGeminiFields fields, JsonElement function) =>
        fields.Object(function, "parametersJsonSchema")
        ?? (fields.Object(function, "parameters") is { } schema ? GoogleGeminiSchemaReader.Read(schema) : null);

    private static ToolDefinition OfGoogle(Extension tool)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            writer.WriteFields([tool]);
            writer.WriteEndObject();
        }

        return new ToolDefinition(tool.Name)
        {
            Kind = ToolKind.Server,
            Native = JsonElement.Parse(buffer.WrittenSpan),
            NativeDialect = DialectIds.GoogleGemini,
        };
    }
}
