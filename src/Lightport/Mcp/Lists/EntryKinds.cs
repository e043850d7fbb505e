using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Lists;

/// <summary>The kinds that there are (https://modelcontextprotocol.io/specification/2026-07-28/server).</summary>
internal static class EntryKinds
{
    public static EntryKind<Resource> Resources { get; } = new(
        RequestMethods.ResourcesList,
        "resources",
        "resources",
        NotificationMethods.ResourceListChangedNotification,
        McpBounds.LongestAddress,
        resource => resource.Uri,
        EntryForm.IsWhole);

    public static EntryKind<ResourceTemplate> Templates { get; } = new(
        RequestMethods.ResourcesTemplatesList,
        "resourceTemplates",
        "templates of resources",
        NotificationMethods.ResourceListChangedNotification,
        McpBounds.LongestAddress,
        template => template.UriTemplate,
        EntryForm.IsWhole);

    public static EntryKind<Prompt> Prompts { get; } = new(
        RequestMethods.PromptsList,
        "prompts",
        "prompts",
        NotificationMethods.PromptListChangedNotification,
        McpBounds.LongestName,
        prompt => prompt.Name,
        EntryForm.IsWhole);
}
