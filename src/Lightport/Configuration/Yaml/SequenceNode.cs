namespace Lightport.Configuration.Yaml;

internal sealed class SequenceNode(int line, int column, IReadOnlyList<YamlNode> items) : YamlNode(line, column)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";

    public override int Size { get; } = 1 + SizeOf(items);

    public override int Height { get; } = 1 + HeightOf(items);
}
