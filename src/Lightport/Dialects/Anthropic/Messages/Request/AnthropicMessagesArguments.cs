using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>A call's arguments: text in the model, an object on this wire.</summary>
internal static class AnthropicMessagesArguments
{
    /// <summary>
    /// Writes <c>input</c>. A custom tool's free text, and text that is no JSON object, goes into the one property of
    /// an object: nothing that a model said is taken for an empty call.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, ToolCallPart call)
    {
        if (call.Kind == ToolKind.Function)
        {
            Write(writer, call.Arguments);
        }
        else
        {
            WriteText(writer, call.Arguments);
        }
    }

    /// <summary>Writes <c>input</c> of a call that is made with an object.</summary>
    public static void Write(Utf8JsonWriter writer, string arguments)
    {
        if (IsEmpty(arguments))
        {
            writer.WriteStartObject("input"u8);
            writer.WriteEndObject();
        }
        else if (TryGetObject(arguments, out byte[] json))
        {
            writer.WritePropertyName("input"u8);
            writer.WriteOnOneLine(json);
        }
        else
        {
            WriteText(writer, arguments);
        }
    }

    public static bool IsEmpty(string arguments) => arguments.AsSpan().Trim() is "" or "null";

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject("input"u8);
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
