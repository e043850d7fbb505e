using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>A call's arguments: text in the model, an object on most wires.</summary>
internal static class CallArguments
{
    /// <summary>As deep as what a client sends, and within a field.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    /// <summary>
    /// Writes the field. A custom tool's free text, and text that is no JSON object, goes into the one property of an
    /// object: nothing that a model said is taken for an empty call.
    /// </summary>
    /// <param name="field">How the wire calls it (<c>input</c>, <c>args</c>).</param>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> field, ToolCallPart call)
    {
        if (call.Kind == ToolKind.Function)
        {
            Write(writer, field, call.Arguments);
        }
        else
        {
            WriteText(writer, field, call.Arguments);
        }
    }

    /// <summary>Writes the field of a call that is made with an object.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> field, string arguments)
    {
        if (IsEmpty(arguments))
        {
            writer.WriteStartObject(field);
            writer.WriteEndObject();
        }
        else if (TryGetObject(arguments, out byte[] json))
        {
            writer.WritePropertyName(field);
            writer.WriteOnOneLine(json);
        }
        else
        {
            WriteText(writer, field, arguments);
        }
    }

    public static bool IsEmpty(string arguments) => arguments.AsSpan().Trim() is "" or "null";

    /// <summary>Whether a client that was told these arguments may have written that object for them.</summary>
    /// <param name="json">An object.</param>
    public static bool AreReadAs(string arguments, string json)
    {
        var told = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(told, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            Write(writer, "told"u8, arguments);
            writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(told.WrittenMemory, Deep);
        return CanonicalJson.Of(document.RootElement.GetProperty("told"u8)) == CanonicalJson.Of(json);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> field, string text)
    {
        writer.WriteStartObject(field);
        writer.WriteString(CustomCallText.Input, text);
        writer.WriteEndObject();
    }

    private static bool TryGetObject(string arguments, out byte[] json)
    {
        json = Encoding.UTF8.GetBytes(arguments);
        try
        {
            var reader = new Utf8JsonReader(json);
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
