using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes what a function is called with, and whether calls are held to it.</summary>
internal static class OpenAIChatParametersWriter
{
    /// <param name="index">The tool's place among the client's.</param>
    /// <param name="said">
    /// Both are said also where the client did not: Responses demands them, and holds calls to a schema unless told
    /// otherwise.
    /// </param>
    public static void Write(
        Utf8JsonWriter writer, ToolDefinition tool, int index, LossLedger losses, bool said = false)
    {
        if (tool.Parameters is { } parameters)
        {
            writer.WritePropertyName("parameters"u8);
            if (!OpenAIChatFunctionSchema.Write(writer, parameters))
            {
                losses.Note($"tools[{index}].input_schema");
            }
        }
        else if (said)
        {
            writer.WriteStartObject("parameters"u8);
            writer.WriteString("type"u8, "object"u8);
            writer.WriteStartObject("properties"u8);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        if (tool.Strict is { } strict)
        {
            // OpenAI refuses the whole request for one strict schema that it cannot hold a call to.
            bool loosened = strict && tool.Parameters is { } schema && !OpenAIChatStrictSchema.Takes(schema);
            if (loosened)
            {
                losses.Note($"tools[{index}].strict");
            }

            writer.WriteBoolean("strict"u8, strict && !loosened);
        }
        else if (said)
        {
            writer.WriteBoolean("strict"u8, false);
        }
    }
}
