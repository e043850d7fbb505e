using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Reads <c>tool_choice</c>
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-tool_choice).
/// A tool with a type of its own is chosen by that type.
/// </summary>
internal static class OpenAIResponsesToolChoice
{
    /// <exception cref="GatewayException">It asks for a call of what is not offered.</exception>
    public static ToolChoice? Read(RequestFields fields, OpenAIResponsesTools tools)
    {
        if (fields.Find(fields.Root, "tool_choice") is not { } said)
        {
            return null;
        }

        ToolChoice choice = said.ValueKind == JsonValueKind.String ? Word(fields, said) : Object(fields, said, tools);
        if (choice.Mode is ToolChoiceMode.Required or ToolChoiceMode.Allowed && tools.Definitions.Count == 0)
        {
            throw GatewayException.BadRequest(
                "'tool_choice' is only allowed when 'tools' are specified.", "tool_choice");
        }

        return choice.Mode != ToolChoiceMode.Named || tools.Definitions.Any(tool => tool.Name == choice.Names[0])
            ? choice
            : throw fields.Wrong(said, $"asks for '{choice.Names[0]}', which is not among the tools of this request");
    }

    private static ToolChoice Word(RequestFields fields, JsonElement word) => fields.Text(word) switch
    {
        "auto" => ToolChoice.Auto,
        "none" => ToolChoice.None,
        "required" => ToolChoice.Any,
        _ => throw fields.Wrong(word, "must be auto, none, required or a tool"),
    };

    private static ToolChoice Object(RequestFields fields, JsonElement choice, OpenAIResponsesTools tools)
    {
        if (fields.RequiredText(choice, "type") != "allowed_tools")
        {
            return ToolChoice.Named(NameOf(fields, choice, tools));
        }

        JsonElement mode = fields.Required(choice, "mode");
        return new ToolChoice(
            ToolChoiceMode.Allowed,
            [.. fields.Items(choice, "tools").Select(tool => NameOf(fields, tool, tools))],
            fields.Text(mode) switch
            {
                "required" => true,
                "auto" => false,
                _ => throw fields.Wrong(mode, "must be auto or required"),
            });
    }

    private static string NameOf(RequestFields fields, JsonElement tool, OpenAIResponsesTools tools) =>
        fields.RequiredText(tool, "type") is not ("function" or "custom") and var type
            ? type
            : tools.NameOf(fields.Text(tool, "namespace"), fields.RequiredText(tool, "name"));
}
