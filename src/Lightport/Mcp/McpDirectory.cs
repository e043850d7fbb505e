using Lightport.Conversation;

namespace Lightport.Mcp;

/// <inheritdoc cref="IMcpDirectory"/>
/// <param name="settings">What the configuration in force says.</param>
internal sealed class McpDirectory(Func<McpSettings> settings) : IMcpDirectory
{
    public bool IsEmpty => settings() is { Servers.Count: 0, Hosts.Count: 0 };

    public bool AllowsNative => settings().AllowsNative;

    public McpServer? Find(string label) => settings().Find(label);

    public McpServer? Admit(McpToolset toolset, Func<McpServer, bool> mayUse) => settings().Admit(toolset, mayUse);
}
