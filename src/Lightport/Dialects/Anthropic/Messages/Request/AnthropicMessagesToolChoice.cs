using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Writes whether tools may, must or must not be called
/// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools).
/// </summary>
internal static class AnthropicMessagesToolChoice
{
    /// <summary>How fields of the object are named that no other dialect has a word for.</summary>
    public const string Prefix = "tool_choice.";

    private static readonly FrozenSet<string> Known = FrozenSet.Create("type", "name", "disable_parallel_tool_use");

    /// <summary>The fields that only this dialect's clients say.</summary>
    public static IReadOnlyList<Extension> Others(RequestFields fields, JsonElement choice) =>
        fields.Others(choice, Known, Prefix);

    /// <param name="choice">Null leaves it to the model.</param>
    /// <param name="parallel">Whether several calls at once are wanted; null where the client did not say.</param>
    /// <param name="names">The tools' names as the API takes them.</param>
    /// <param name="others">What only this dialect's clients say.</param>
    public static void Write(
        Utf8JsonWriter writer, ToolChoice? choice, bool? parallel, ToolNames names, IEnumerable<Extension> others)
    {
        if (choice is null && parallel is not false)
        {
            return;
        }

        choice ??= ToolChoice.Auto;
        writer.WriteStartObject("tool_choice"u8);
        switch (choice.Mode)
        {
            case ToolChoiceMode.None:
                writer.WriteString("type"u8, "none"u8);
                parallel = null;
                break;
            case ToolChoiceMode.Required:
                writer.WriteString("type"u8, "any"u8);
                break;
            case ToolChoiceMode.Named when choice.Names.Count > 0:
                writer.WriteString("type"u8, "tool"u8);
                writer.WriteString("name"u8, names.For(choice.Names[0]));
                break;
            case ToolChoiceMode.Allowed when choice.Required:
                writer.WriteString("type"u8, "any"u8);
                break;
            default:
                writer.WriteString("type"u8, "auto"u8);
                break;
        }

        if (parallel is false)
        {
            writer.WriteBoolean("disable_parallel_tool_use"u8, true);
        }

        foreach (Extension extension in others)
        {
            writer.WritePropertyName(extension.Name.AsSpan(Prefix.Length));
            writer.WriteOnOneLine(extension.Value);
        }

        writer.WriteEndObject();
    }
}
