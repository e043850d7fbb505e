using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads <c>tools</c> and <c>tool_choice</c>, and <c>functions</c> and <c>function_call</c> of old.</summary>
internal static class OpenAIChatToolsDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create("type", "function", "custom", "cache_control");
    private static readonly FrozenSet<string> KnownFunction =
        FrozenSet.Create("name", "description", "parameters", "strict");
    private static readonly FrozenSet<string> KnownCustom = FrozenSet.Create("name", "description", "format");

    public static IReadOnlyList<ToolDefinition> Tools(RequestFields fields)
    {
        List<ToolDefinition>? tools = null;
        foreach (JsonElement tool in fields.Items("tools"))
        {
            (tools ??= []).Add(Tool(fields, tool));
        }

        foreach (JsonElement function in fields.Items("functions"))
        {
            (tools ??= []).Add(OldFunction(fields, function));
        }

        return tools is null ? [] : tools;
    }

    /// <summary>Whether it may be that there is nothing to call, its route alone can say.</summary>
    public static ToolChoice? Choice(RequestFields fields, IReadOnlyList<ToolDefinition> tools)
    {
        ToolChoice? choice = Choice(fields);
        return choice is { Mode: not (ToolChoiceMode.Auto or ToolChoiceMode.None) } && tools.Count == 0
            ? choice with
            {
                Unmet = GatewayError.BadRequest(
                    "'tool_choice' is only allowed when 'tools' are specified.",
                    fields.Find("tool_choice") is null ? "function_call" : "tool_choice"),
            }
            : choice;
    }

    private static ToolChoice? Choice(RequestFields fields)
    {
        if (fields.Find("tool_choice") is { } choice)
        {
            return choice.ValueKind == JsonValueKind.String
                ? Word(fields, choice)
                : TypeOf(fields, choice) switch
                {
                    "function" => ToolChoice.Named(fields.RequiredText(fields.Required(choice, "function"), "name")),
                    "custom" => ToolChoice.Named(fields.RequiredText(fields.Required(choice, "custom"), "name")),
                    "allowed_tools" => Allowed(fields, fields.Required(choice, "allowed_tools")),
                    "auto" => ToolChoice.Auto,
                    "none" => ToolChoice.None,
                    "any" or "required" => ToolChoice.Any,
                    _ => throw fields.Wrong(choice.GetProperty("type"), "must be function, custom or allowed_tools"),
                };
        }

        return fields.Find("function_call") switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } word => Word(fields, word),
            { } named => ToolChoice.Named(fields.RequiredText(named, "name")),
        };
    }

    private static ToolDefinition Tool(RequestFields fields, JsonElement tool)
    {
        fields.Tally.AddTool();
        string type = TypeOf(fields, tool);
        CacheControl? cache = CacheMark.Of(fields, tool);
        if (type == "function")
        {
            JsonElement function = fields.Required(tool, "function");
            Extension[] others =
            [
                .. fields.Others(tool, Known),
                .. fields.Others(function, KnownFunction),
            ];
            return Function(fields, function) with
            {
                Cache = cache,
                Extensions = others,
                Native = others.Length > 0 ? tool : null,
                NativeDialect = others.Length > 0 ? DialectIds.OpenAIChat : null,
            };
        }

        if (type == "custom")
        {
            JsonElement custom = fields.Required(tool, "custom");
            return new ToolDefinition(fields.RequiredText(custom, "name"))
            {
                Kind = ToolKind.Custom,
                Description = fields.Text(custom, "description"),
                Grammar = OpenAIChatCustomFormat.Read(fields, custom),
                Extensions = [.. fields.Others(custom, KnownCustom)],
                Cache = cache,
                Native = tool,
                NativeDialect = DialectIds.OpenAIChat,
            };
        }

        return new ToolDefinition(type)
        {
            Kind = ToolKind.Server,
            Native = tool,
            NativeDialect = DialectIds.OpenAIChat,
        };
    }

    /// <summary>Mistral's clients leave the type out, since there is a function anyway.</summary>
    private static string TypeOf(RequestFields fields, JsonElement tool) =>
        fields.Text(tool, "type")
        ?? (fields.Find(tool, "function") is null ? throw fields.Missing(tool, "type") : "function");

    private static ToolDefinition OldFunction(RequestFields fields, JsonElement function)
    {
        fields.Tally.AddTool();
        return Function(fields, function);
    }

    private static ToolDefinition Function(RequestFields fields, JsonElement function) =>
        new(fields.RequiredText(function, "name"))
        {
            Description = fields.Text(function, "description"),
            Parameters = fields.Object(function, "parameters"),
            Strict = fields.Boolean(function, "strict"),
        };

    private static ToolChoice Word(RequestFields fields, JsonElement word) => fields.Text(word) switch
    {
        "auto" => ToolChoice.Auto,
        "none" => ToolChoice.None,
        "required" or "any" => ToolChoice.Any,
        _ => throw fields.Wrong(word, "must be auto, none, required or a named tool"),
    };

    private static ToolChoice Allowed(RequestFields fields, JsonElement allowed)
    {
        var names = new List<string>();
        foreach (JsonElement tool in fields.Items(allowed, "tools"))
        {
            string type = fields.RequiredText(tool, "type");
            names.Add(fields.RequiredText(fields.Find(tool, type) ?? tool, "name"));
        }

        return new ToolChoice(ToolChoiceMode.Allowed, names, fields.Text(allowed, "mode") == "required");
    }
}
