namespace Lightport.Configuration.Yaml;

/// <summary>A piece of a YAML document that knows where it stands.</summary>
/// <param name="line">From 1.</param>
/// <param name="column">From 1.</param>
internal abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>How an error names what is here: <c>a list</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>All nodes here and below, each alias counted as what it stands for.</summary>
    public abstract int Size { get; }

    /// <summary>The levels below, aliases followed.</summary>
    public abstract int Height { get; }

    /// <summary>Nothing was written: <c>key:</c>, <c>key: ~</c>, <c>key: null</c>.</summary>
    public virtual bool IsNull => false;

    // Loops, here and in the readers, where LINQ over numbers or pairs would be compiled anew at every start.
    protected static int SizeOf(IEnumerable<YamlNode> nodes)
    {
        int size = 0;
        foreach (YamlNode node in nodes)
        {
            size += node.Size;
        }

        return size;
    }

    protected static int HeightOf(IEnumerable<YamlNode> nodes)
    {
        int height = 0;
        foreach (YamlNode node in nodes)
        {
            height = Math.Max(height, node.Height);
        }

        return height;
    }
}
