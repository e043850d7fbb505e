using Lightport.Configuration.Yaml;
using Lightport.Mcp;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads what of a server clients of the gateway's own MCP server get: <c>[tools, resources, prompts]</c>, or
/// <c>off</c> for nothing.
/// </summary>
internal static class McpFederationReader
{
    public const string Key = "federate";

    private const string Tools = "tools";
    private const string Resources = "resources";
    private const string Prompts = "prompts";

    /// <summary>Null where nothing is said.</summary>
    public static McpFederation? Read(Section server)
    {
        string path = $"{server.Path}.{Key}";
        YamlNode? node = server.Find(Key);
        if (node is null or ScalarNode { Value: "off" or "false" or "no", IsNull: false })
        {
            return node is null ? null : new McpFederation(Tools: false, Resources: false, Prompts: false);
        }

        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlNode item in Section.Items(node, path, server.Errors))
        {
            if (Section.TextOf(item, path, server.Errors) is { } word)
            {
                words.Add(word);
                if (word is not (Tools or Resources or Prompts))
                {
                    server.Errors.Add(
                        item, $"'{word}' in {path} is not known; the words are {Tools}, {Resources}, {Prompts}.");
                }
            }
        }

        return new McpFederation(words.Contains(Tools), words.Contains(Resources), words.Contains(Prompts));
    }
}
