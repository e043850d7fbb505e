using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads tools and the choice among them.</summary>
internal static class GoogleInteractionsToolDecoder
{
    private const string ChoiceField = "generation_config.tool_choice";

    private static readonly FrozenSet<string> Known = FrozenSet.Create("type", "name", "description", "parameters");
    private static readonly FrozenSet<string> KnownOfChoice = FrozenSet.Create("allowed_tools");

    /// <param name="toolsets">Takes the tools of MCP servers.</param>
    public static IReadOnlyList<ToolDefinition> Decode(RequestFields fields, GoogleInteractionsToolsets toolsets)
    {
        var tools = new List<ToolDefinition>();
        int index = 0;
        foreach (JsonElement tool in fields.Items(fields.Root, "tools"))
        {
            if (fields.Find(tool, "type") is { } type && type.Is(GoogleInteractionsToolsets.Type))
            {
                toolsets.Add(tool, index);
            }
            else
            {
                tools.Add(Decode(fields, tool));
            }

            index++;
        }

        return tools;
    }

    /// <summary>Whether it may be that there is nothing to call, its route alone can say.</summary>
    /// <param name="hasTools">The client declares tools, or servers that have some.</param>
    public static ToolChoice? DecodeChoice(
        RequestFields fields, bool hasTools, List<Extension> extensions)
    {
        if (fields.Object(fields.Root, "generation_config") is not { } config
            || fields.Find(config, "tool_choice") is not { } choice)
        {
            return null;
        }

        if (choice.ValueKind == JsonValueKind.String)
        {
            return Of(fields, choice, [], hasTools, extensions);
        }

        extensions.AddRange(fields.Others(choice, KnownOfChoice, $"{ChoiceField}."));
        return fields.Object(choice, "allowed_tools") is { } allowed
            ? Of(fields, fields.Find(allowed, "mode"), fields.Texts(allowed, "tools"), hasTools, extensions)
            : null;
    }

    private static ToolChoice Of(
        RequestFields fields,
        JsonElement? mode,
        IReadOnlyList<string> names,
        bool hasTools,
        List<Extension> extensions)
    {
        switch (mode is { } said ? fields.Text(said).ToLowerInvariant() : null)
        {
            case null or "auto":
                return names.Count > 0 ? new ToolChoice(ToolChoiceMode.Allowed, names) : ToolChoice.Auto;
            case "none":
                return ToolChoice.None;
            case "any":
                return hasTools ? Required(names) : Required(names) with
                {
                    Unmet = fields.Wrong(mode!.Value, "asks for a call, and no function is declared").Error,
                };
            case "validated":
                extensions.Add(new Extension(ChoiceField, mode!.Value));
                return names.Count > 0 ? new ToolChoice(ToolChoiceMode.Allowed, names) : ToolChoice.Auto;
            default:
                throw fields.Wrong(mode!.Value, "must be auto, any, none or validated");
        }
    }

    private static ToolChoice Required(IReadOnlyList<string> names) => names switch
    {
        [] => ToolChoice.Any,
        [var only] => ToolChoice.Named(only),
        _ => new ToolChoice(ToolChoiceMode.Allowed, names, Required: true),
    };

    private static ToolDefinition Decode(RequestFields fields, JsonElement tool)
    {
        fields.Tally.AddTool();
        string type = fields.RequiredText(tool, "type");
        if (type != "function")
        {
            return new ToolDefinition(type)
            {
                Kind = ToolKind.Server,
                Native = tool,
                NativeDialect = DialectIds.GoogleInteractions,
            };
        }

        IReadOnlyList<Extension> others = fields.Others(tool, Known);
        bool whole = others.Count > 0;
        return new ToolDefinition(fields.RequiredText(tool, "name"))
        {
            Description = fields.Text(tool, "description"),
            Parameters = fields.Object(tool, "parameters"),
            Extensions = others,
            Native = whole ? tool : null,
            NativeDialect = whole ? DialectIds.GoogleInteractions : null,
        };
    }
}
