using Lightport.Cel.Evaluation;
using Lightport.Cel.Syntax;

namespace Lightport.Cel.Checking;

/// <summary>
/// Finds what names stand for, checks types, and makes nodes, in one pass from the leaves up. Without a check it makes
/// the same nodes, and what does not go together fails when it is evaluated.
/// </summary>
internal sealed class Compiler
{
    /// <summary>More than so many mistakes nobody reads.</summary>
    private const int MostIssues = 20;

    private readonly SourceText _source;
    private readonly bool _isChecked;
    private readonly List<CelIssue> _issues = [];
    private readonly NameCompiler _names;
    private readonly CallCompiler _calls;
    private readonly MacroCompiler _macros;

    public Compiler(CelEnvironment environment, SourceText source, bool isChecked)
    {
        _source = source;
        _isChecked = isChecked;
        _names = new NameCompiler(this, environment);
        _calls = new CallCompiler(this, environment);
        _macros = new MacroCompiler(this);
    }

    public Unifier Types { get; } = new();

    public LocalScopes Scopes { get; } = new();

    /// <exception cref="CelCheckException">Something is wrong, and it is checked.</exception>
    public void ThrowIfWrong()
    {
        if (_isChecked && _issues.Count > 0)
        {
            throw new CelCheckException([.. _issues.OrderBy(issue => (issue.Line, issue.Column))]);
        }
    }

    public Typed Compile(Expression expression) => expression switch
    {
        Literal literal => new Typed(new ConstantNode(literal.Value), Values.Display.TypeOf(literal.Value)),
        Identifier identifier => _names.Compile(identifier),
        Select select => _names.Compile(select),
        Presence presence => _names.Compile(presence),
        Syntax.Index index => _calls.Compile(index),
        Call call => _calls.Compile(call),
        Logic logic => Compile(logic),
        Conditional conditional => _calls.Compile(conditional),
        ListLiteral list => Compile(list),
        MapLiteral map => Compile(map),
        Comprehension comprehension => _macros.Compile(comprehension),
        Binding binding => _macros.Compile(binding),
        OptionalMap map => _macros.Compile(map),
        _ => throw new InvalidOperationException($"The compiler knows no {expression.GetType().Name}."),
    };

    /// <summary>Notes what is wrong; the error that it is where it is evaluated all the same.</summary>
    public Typed Refuse(int offset, string message)
    {
        Report(offset, message);
        return new Typed(new ConstantNode(CelValue.Error(message)), CelType.Error);
    }

    public void Report(int offset, string message)
    {
        if (_issues.Count < MostIssues)
        {
            _issues.Add(_source.Issue(offset, message));
        }
    }

    /// <summary>Notes where a type is not what is wanted.</summary>
    public void Expect(Expression expression, CelType type, CelType wanted, string what)
    {
        if (!Types.TryAssign(type, wanted))
        {
            Report(expression.Offset, $"{what} is {wanted}, not {Types.Final(type)}");
        }
    }

    /// <summary>The node, or its value where all that it is made of is known already.</summary>
    public static Node Folded(Node node)
    {
        if (!node.IsPure || !node.Children.All(child => child is ConstantNode))
        {
            return node;
        }

        CelMeter meter = new(1_000);
        Frame frame = new(null, [], meter);
        CelValue value = node.Evaluate(ref frame);
        return meter.Stopped is null ? new ConstantNode(value) : node;
    }

    private Typed Compile(Logic logic)
    {
        Node[] operands = new Node[logic.Operands.Count];
        for (int index = 0; index < operands.Length; index++)
        {
            Typed operand = Compile(logic.Operands[index]);
            Expect(logic.Operands[index], operand.Type, CelType.Bool, $"an operand of {(logic.IsAnd ? "&&" : "||")}");
            operands[index] = operand.Node;
        }

        return new Typed(Folded(new LogicNode(logic.IsAnd, operands)), CelType.Bool);
    }

    private Typed Compile(ListLiteral list)
    {
        CelType? joined = null;
        Node[] elements = new Node[list.Elements.Count];
        for (int index = 0; index < elements.Length; index++)
        {
            Element element = list.Elements[index];
            Typed compiled = Compile(element.Value);
            joined = Types.Join(joined, element.IsOptional ? Unwrapped(element.Value, compiled.Type) : compiled.Type);
            elements[index] = compiled.Node;
        }

        ListNode node = new(elements, [.. list.Elements.Select(element => element.IsOptional)]);
        return new Typed(Folded(node), CelType.List(joined ?? Types.Fresh()));
    }

    private Typed Compile(MapLiteral map)
    {
        CelType? joinedKeys = null;
        CelType? joinedValues = null;
        Node[] keys = new Node[map.Entries.Count];
        Node[] values = new Node[map.Entries.Count];
        for (int index = 0; index < keys.Length; index++)
        {
            Entry entry = map.Entries[index];
            (keys[index], CelType key) = Compile(entry.Key);
            (values[index], CelType value) = Compile(entry.Value);
            joinedKeys = Types.Join(joinedKeys, Key(entry.Key, key));
            joinedValues = Types.Join(joinedValues, entry.IsOptional ? Unwrapped(entry.Value, value) : value);
        }

        MapNode node = new(keys, values, [.. map.Entries.Select(entry => entry.IsOptional)]);
        return new Typed(Folded(node), CelType.Map(joinedKeys ?? Types.Fresh(), joinedValues ?? Types.Fresh()));
    }

    private CelType Key(Expression key, CelType type)
    {
        CelType known = Types.Final(type);
        if (known.Kind is CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.String or CelTypeKind.Bool
            or CelTypeKind.Dyn or CelTypeKind.Error)
        {
            return type;
        }

        Report(key.Offset, $"a map's key is int, uint, bool or string, not {known}");
        return CelType.Error;
    }

    private CelType Unwrapped(Expression expression, CelType type)
    {
        CelType known = Types.Known(type);
        if (known.IsOptional)
        {
            return known.Parameters[0];
        }

        if (known.Kind is not (CelTypeKind.Dyn or CelTypeKind.Error))
        {
            Report(expression.Offset, $"an optional value is expected after '?', not {known}");
        }

        return known;
    }
}
