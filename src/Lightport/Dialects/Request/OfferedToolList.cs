using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Tools in the order in which they were offered. Each change finds its tool by name at once, as a long history may
/// hold a hundred thousand of them.
/// </summary>
/// <param name="declared">The request's own tools.</param>
internal sealed class OfferedToolList(IReadOnlyList<ToolDefinition> declared)
{
    private readonly LinkedList<(int Index, ToolDefinition Tool)> _tools = [];
    private readonly Dictionary<string, LinkedListNode<(int Index, ToolDefinition Tool)>> _byName =
        new(StringComparer.Ordinal);

    private Dictionary<string, int>? _declared;

    /// <summary>The place of the next tool that a turn defines, behind all others.</summary>
    private int _next = declared.Count;

    /// <param name="index">Its place among the request's tools.</param>
    public void Add(int index, ToolDefinition tool) =>
        _byName.TryAdd(tool.Name, _tools.AddLast((index, tool)));

    public void Apply(ToolChange change)
    {
        bool known = _byName.TryGetValue(change.Name, out LinkedListNode<(int Index, ToolDefinition Tool)>? node);
        if (change.IsRemoval)
        {
            if (known)
            {
                _tools.Remove(node!);
                _byName.Remove(change.Name);
            }
        }
        else if (change.Definition is { } definition)
        {
            if (known)
            {
                node!.Value = (node.Value.Index, definition);
            }
            else
            {
                Add(_next++, definition);
            }
        }
        else if (!known && Declared.TryGetValue(change.Name, out int index))
        {
            Add(index, declared[index]);
        }
    }

    public List<(int Index, ToolDefinition Tool)> Where(Func<ToolDefinition, bool> isWanted) =>
        [.. _tools.Where(one => isWanted(one.Tool))];

    private Dictionary<string, int> Declared => _declared ??= FirstOfEachName();

    private Dictionary<string, int> FirstOfEachName()
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < declared.Count; i++)
        {
            first.TryAdd(declared[i].Name, i);
        }

        return first;
    }
}
