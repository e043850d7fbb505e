using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>The schema that an answer must keep to, as OpenAI's dialects say it.</summary>
internal static class OpenAIChatAnswerSchema
{
    /// <summary>
    /// Whether the model must keep to the schema. It is held to that only where told, and then a schema with an open
    /// object or an optional property is refused; a dialect that always holds answers to theirs takes those too.
    /// </summary>
    public static bool? Strict(ResponseFormat format, EncodingContext context)
    {
        if (format is not { AlwaysStrict: true, Schema: { } schema } || !context.Traits.StructuredOutput)
        {
            return format.Strict;
        }

        if (OpenAIChatStrictSchema.Takes(schema))
        {
            return true;
        }

        string field = format.Field ?? "response_format";
        context.Losses.Note(field);
        return null;
    }

    /// <summary>What can be asked of the model: any object, where it takes no schema and the loss is allowed.</summary>
    public static ResponseFormatKind Kind(ResponseFormat format, EncodingContext context)
    {
        if (format.Kind != ResponseFormatKind.JsonSchema || context.Traits.StructuredOutput)
        {
            return format.Kind;
        }

        context.Losses.Reject("response_format");
        return ResponseFormatKind.JsonObject;
    }

    public static string Word(ResponseFormatKind kind) => kind switch
    {
        ResponseFormatKind.JsonObject => "json_object",
        ResponseFormatKind.JsonSchema => "json_schema",
        _ => "text",
    };

    /// <summary>Writes the fields of a schema into the object that holds them.</summary>
    public static void Write(Utf8JsonWriter writer, ResponseFormat format, bool? strict, LossLedger losses)
    {
        writer.WriteString("name"u8, format.Name ?? "response");
        writer.WriteOptional("description", format.Description);
        if (format.Schema is { } schema)
        {
            writer.WritePropertyName("schema"u8);
            if (!OpenAIChatFunctionSchema.WriteAnswer(writer, schema))
            {
                string field = format.Field ?? "response_format";
                losses.Note(field);
            }
        }

        writer.WriteOptional("strict", strict);
    }
}
