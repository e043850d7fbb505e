using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// The format of a custom tool's input: any text, or a grammar
/// (https://platform.openai.com/docs/guides/function-calling#context-free-grammars).
/// </summary>
internal static class OpenAIChatCustomFormat
{
    public static ToolGrammar? Read(RequestFields fields, JsonElement custom)
    {
        if (fields.Object(custom, "format") is not { } format)
        {
            return null;
        }

        // Responses says both fields beside the type, and so do clients that speak it too.
        JsonElement? grammar = fields.Object(format, "grammar")
            ?? (fields.Text(format, "type") == "grammar" ? format : null);
        return grammar is { } said
            ? new(fields.RequiredText(said, "syntax"), fields.RequiredText(said, "definition"), "custom.format")
            : null;
    }

    public static void Write(Utf8JsonWriter writer, ToolGrammar grammar)
    {
        writer.WriteStartObject("format"u8);
        writer.WriteString("type"u8, "grammar"u8);
        writer.WriteStartObject("grammar"u8);
        writer.WriteString("syntax"u8, grammar.Syntax);
        writer.WriteString("definition"u8, grammar.Definition);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
