namespace Lightport.Configuration.Yaml;

/// <param name="entries">In the order of the document; no key twice.</param>
internal sealed class MappingNode(
    int line,
    int column,
    IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> entries) : YamlNode(line, column)
{
    public IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> Entries { get; } = entries;

    public override string Kind => "a mapping";

    public override int Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);

    public override int Height { get; } = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();

    public YamlNode? Find(string key)
    {
        foreach ((ScalarNode name, YamlNode value) in Entries)
        {
            if (name.Value == key)
            {
                return value;
            }
        }

        return null;
    }
}
