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
    /// <summary>Whether what it asks for may be missing among the tools, its route alone can say.</summary>
    public static ToolChoice? Read(
        RequestFields fields, OpenAIResponsesTools tools, IReadOnlyList<McpToolset> toolsets)
    {
        if (fields.Find(fields.Root, "tool_choice") is not { } said)
        {
            return null;
        }

        ToolChoice choice = said.ValueKind == JsonValueKind.String ? Word(fields, said) : Object(fields, said, tools);
        if (choice.Mode is ToolChoiceMode.Required or ToolChoiceMode.Allowed
            && tools.Definitions.Count == 0 && toolsets.Count == 0)
        {
            return choice with
            {
                Unmet = GatewayError.BadRequest(
                    "'tool_choice' is only allowed when 'tools' are specified.", "tool_choice"),
            };
        }

        return Missing(choice, tools, toolsets) is { } missing
            ? choice with
            {
                Unmet = fields.Wrong(said, $"asks for '{missing}', which is not among the tools of this request").Error,
            }
            : choice;
    }

    /// <summary>What the choice names that is not offered; null where all is.</summary>
    private static string? Missing(
        ToolChoice choice, OpenAIResponsesTools tools, IReadOnlyList<McpToolset> toolsets)
    {
        foreach (string server in choice.Servers)
        {
            if (!toolsets.Any(toolset => toolset.Server == server))
            {
                return server;
            }
        }

        return choice is { Mode: ToolChoiceMode.Named, Servers.Count: 0 }
            && tools.Definitions.All(tool => tool.Name != choice.Names[0])
                ? choice.Names[0]
                : null;
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
        switch (fields.RequiredText(choice, "type"))
        {
            case OpenAIResponsesToolsets.Type:
                return new ToolChoice(
                    ToolChoiceMode.Named, fields.Text(choice, "name") is { Length: > 0 } name ? [name] : [])
                {
                    Servers = [fields.RequiredText(choice, "server_label")],
                };
            case "allowed_tools":
                return Allowed(fields, choice, tools);
            default:
                return ToolChoice.Named(NameOf(fields, choice, tools));
        }
    }

    private static ToolChoice Allowed(RequestFields fields, JsonElement choice, OpenAIResponsesTools tools)
    {
        JsonElement mode = fields.Required(choice, "mode");
        ILookup<bool, JsonElement> named = fields.Items(choice, "tools").ToLookup(
            tool => fields.RequiredText(tool, "type") == OpenAIResponsesToolsets.Type);
        return new ToolChoice(
            ToolChoiceMode.Allowed,
            [.. named[false].Select(tool => NameOf(fields, tool, tools))],
            fields.Text(mode) switch
            {
                "required" => true,
                "auto" => false,
                _ => throw fields.Wrong(mode, "must be auto or required"),
            })
        {
            Servers = [.. named[true].Select(tool => fields.RequiredText(tool, "server_label"))],
        };
    }

    private static string NameOf(RequestFields fields, JsonElement tool, OpenAIResponsesTools tools) =>
        fields.RequiredText(tool, "type") is not ("function" or "custom") and var type
            ? type
            : tools.NameOf(fields.Text(tool, "namespace"), fields.RequiredText(tool, "name"));
}
