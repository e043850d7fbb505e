using System.Collections.Immutable;
using Lightport.Cel.Evaluation;

namespace Lightport.Cel.Checking;

/// <summary>
/// Which paths an expression reads, and whether each is asked for only where it is there. Of <c>a &amp;&amp; b</c> each
/// side guards the other, in either order: where the guard is false the whole is false, even if the other side fails.
/// </summary>
internal sealed class ReadAnalysis
{
    private readonly Dictionary<string, CelRead> _reads = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ReadPath?> _locals = [];

    private ReadAnalysis()
    {
    }

    public static IReadOnlyList<CelRead> Of(Node root)
    {
        ReadAnalysis analysis = new();
        analysis.Visit(root, []);
        return [.. analysis._reads.Values.OrderBy(read => read.Path, StringComparer.Ordinal)];
    }

    private void Visit(Node node, ImmutableHashSet<string> guarded)
    {
        switch (node)
        {
            case VariableNode:
                Note(PathOf(node), isGuarded: true);
                break;
            case SelectNode select:
                Read(node, select.IsOptional, select.Operand, guarded);
                break;
            case IndexNode index:
                Read(node, index.IsOptional, index.Operand, guarded);
                Visit(index.Key, guarded);
                break;
            case LogicNode logic:
                VisitLogic(logic, guarded);
                break;
            case ConditionalNode conditional:
                Visit(conditional.Condition, guarded);
                Visit(conditional.Then, guarded.Union(Guards.Where(conditional.Condition, true, PathOf)));
                Visit(conditional.Otherwise, guarded.Union(Guards.Where(conditional.Condition, false, PathOf)));
                break;
            case LoopNode loop:
                VisitLoop(loop.Loop, guarded);
                break;
            case BindNode bind:
                for (int index = 0; index < bind.Values.Length; index++)
                {
                    Visit(bind.Values[index], guarded);
                    _locals[bind.Slots[index]] = PathOf(bind.Values[index]);
                }

                Visit(bind.Result, guarded);
                break;
            case OptionalMapNode map:
                Visit(map.Target, guarded);
                _locals[map.Slot] = PathOf(map.Target);
                Visit(map.Body, guarded);
                break;
            default:
                VisitAll(node.Children, guarded);
                break;
        }
    }

    private void VisitAll(IEnumerable<Node> nodes, ImmutableHashSet<string> guarded)
    {
        foreach (Node node in nodes)
        {
            Visit(node, guarded);
        }
    }

    /// <summary>Notes the whole path, and what is on the way to it.</summary>
    private void Read(Node node, bool isOptional, Node operand, ImmutableHashSet<string> guarded)
    {
        ReadPath? path = PathOf(node);
        bool isGuarded = path?.Identity is { } identity && guarded.Contains(identity);
        Note(path, isOptional || isGuarded || IsOfOptional(operand));
        Visit(operand, guarded);
    }

    /// <summary>What is selected from an optional is optional itself, and missing without an error.</summary>
    private static bool IsOfOptional(Node operand) => operand switch
    {
        SelectNode select => select.IsOptional || IsOfOptional(select.Operand),
        IndexNode index => index.IsOptional || IsOfOptional(index.Operand),
        _ => false,
    };

    private void VisitLogic(LogicNode logic, ImmutableHashSet<string> guarded)
    {
        // An operand may be given its own guards too: what it is guarded by, it does not read unguarded itself.
        VisitAll(logic.Children, guarded.Union(Guards.Where(logic, logic.IsAnd, PathOf)));
    }

    private void VisitLoop(Loop loop, ImmutableHashSet<string> guarded)
    {
        Visit(loop.Range, guarded);
        int slot = loop.Second ?? loop.First;
        ReadPath? element = PathOf(loop.Range)?.Element(slot);
        _locals[loop.First] = null;
        _locals[slot] = element;

        if (loop.Condition is { } condition)
        {
            Visit(condition, guarded);
            guarded = guarded.Union(Guards.Where(condition, true, PathOf));
        }

        Visit(loop.Body, guarded);
    }

    private ReadPath? PathOf(Node node) => node switch
    {
        VariableNode variable => ReadPath.Of(variable.Name),
        LocalNode local => _locals.GetValueOrDefault(local.Slot),
        SelectNode select => PathOf(select.Operand)?.Field(select.Field),
        IndexNode index => PathOf(index.Operand)?.Item(index.Key),
        _ => null,
    };

    private void Note(ReadPath? read, bool isGuarded)
    {
        if (read is { } path)
        {
            bool isGuardedBefore = !_reads.TryGetValue(path.Shown, out CelRead? known) || known.IsGuarded;
            _reads[path.Shown] = new CelRead(path.Shown, path.Variable, isGuarded && isGuardedBefore);
        }
    }
}
