using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes a piece of a tool call anew, as the wire wants it.</summary>
internal static class OpenAIChatCallText
{
    /// <param name="id">The call's id where this is its first piece; null for a later one.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> data, in OpenAIChatCallDelta delta, int index, string? id)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, index);
        if (id is not null)
        {
            writer.WriteString("id"u8, id);
            writer.WriteString("type"u8, delta.IsCustom ? "custom"u8 : "function"u8);
        }

        writer.WriteStartObject(delta.IsCustom ? "custom"u8 : "function"u8);
        if (id is not null)
        {
            writer.WriteString("name"u8, delta.Name.Text(data) ?? "");
        }

        writer.WriteString(delta.IsCustom ? "input"u8 : "arguments"u8, Arguments(data, delta.Arguments));
        writer.WriteEndObject();
        if (delta.ExtraContent.IsPresent)
        {
            writer.WritePropertyName(OpenAIChatWire.ExtraContent);
            writer.WriteRawValue(delta.ExtraContent.In(data), skipInputValidation: true);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static string Arguments(ReadOnlySpan<byte> data, JsonSlice arguments) =>
        arguments.Is(data, '{') ? Encoding.UTF8.GetString(arguments.In(data)) : arguments.Text(data) ?? "";
}
