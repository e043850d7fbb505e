using YamlDotNet.RepresentationModel;

namespace Lightport.Infra.Tests;

/// <summary>YAML files as nodes, and ways through them.</summary>
internal static class Yaml
{
    public static YamlMappingNode Load(string path) => Parse(Repository.Read(path));

    public static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>The node at a path of keys; null where one of them is missing.</summary>
    public static YamlNode? At(this YamlNode node, params string[] path)
    {
        YamlNode? current = node;
        foreach (string key in path)
        {
            current = current is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out YamlNode? found)
                ? found
                : null;
        }

        return current;
    }

    public static string? Text(this YamlNode node, params string[] path) =>
        (node.At(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode node, params string[] path) =>
        (node.At(path) as YamlSequenceNode)?.Children ?? [];

    public static IEnumerable<KeyValuePair<string, YamlNode>> Entries(this YamlNode node, params string[] path) =>
        from pair in (node.At(path) as YamlMappingNode)?.Children.AsEnumerable() ?? []
        select KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, pair.Value);

    public static IEnumerable<string> Keys(this YamlNode node, params string[] path) =>
        node.Entries(path).Select(entry => entry.Key);
}
