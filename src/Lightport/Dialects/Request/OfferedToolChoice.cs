using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>The client's choice among tools, as far as there is something left to choose.</summary>
internal static class OfferedToolChoice
{
    /// <summary>Whether the client itself demands that a tool be called.</summary>
    public static bool IsForced(ChatRequest request) => HasTools(request) && request.ToolChoice is
        { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } or { Mode: ToolChoiceMode.Allowed, Required: true };

    /// <summary>Whether the choice asks for a tool that could not be carried: a target would refuse it.</summary>
    public static bool IsLost(ChatRequest request, IReadOnlyList<ToolDefinition> offered) =>
        IsLost(request, offered, []);

    /// <summary>The same at a target that runs tools of MCP servers itself.</summary>
    public static bool IsLost(
        ChatRequest request, IReadOnlyList<ToolDefinition> offered, IReadOnlyList<McpToolset> toolsets) =>
        HasTools(request) && request.ToolChoice is { } choice && choice.Mode switch
        {
            ToolChoiceMode.Named when choice.Servers is [var server, ..] =>
                !toolsets.Any(toolset => toolset.Server == server),
            ToolChoiceMode.Named => Has(request.Tools, choice) && !Has(offered, choice),
            ToolChoiceMode.Required => offered.Count == 0 && toolsets.Count == 0,
            ToolChoiceMode.Allowed => choice.Required && offered.Count == 0 && toolsets.Count == 0,
            _ => false,
        };

    private static bool HasTools(ChatRequest request) => request.Tools.Count > 0 || request.McpToolsets.Count > 0;

    private static bool Has(IReadOnlyList<ToolDefinition> tools, ToolChoice choice) =>
        choice.Names is [var name, ..] && tools.Any(tool => tool.Name == name);
}
