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
        writer.WritePropertyName("input"u8);
        if (call.Kind == ToolKind.Function && IsEmpty(call.Arguments))
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else if (call.Kind == ToolKind.Function && TryGetObject(call.Arguments, out byte[] json))
        {
            writer.WriteOnOneLine(json);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteString(CustomCallText.Input, call.Arguments);
            writer.WriteEndObject();
        }
    }

    public static bool IsEmpty(string arguments) => arguments.AsSpan().Trim() is "" or "null";

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
