using Lightport.Cel.Evaluation;
using Lightport.Cel.Syntax;

namespace Lightport.Cel.Checking;

/// <summary>Macros, each with the variables that it brings into scope.</summary>
internal sealed class MacroCompiler(Compiler compiler)
{
    public Typed Compile(Comprehension macro)
    {
        Typed range = compiler.Compile(macro.Range);
        (CelType key, CelType value, bool isMap) = ElementTypes(macro, range.Type);
        Local first = compiler.Scopes.Enter(macro.First, macro.Second is null && !isMap ? value : key);
        Local? second = macro.Second is null ? null : compiler.Scopes.Enter(macro.Second, value);
        Node? condition = null;
        if (macro.Condition is not null)
        {
            Typed compiled = compiler.Compile(macro.Condition);
            compiler.Expect(macro.Condition, compiled.Type, CelType.Bool, "a macro's condition");
            condition = compiled.Node;
        }

        Typed body = compiler.Compile(macro.Body);
        compiler.Scopes.Leave(second is null ? 1 : 2);
        Loop loop = new(range.Node, first.Slot, second?.Slot, condition, body.Node);
        return macro.Kind switch
        {
            ComprehensionKind.List => new Typed(new ListLoopNode(loop), CelType.List(compiler.Types.Known(body.Type))),
            ComprehensionKind.Map =>
                new Typed(new MapLoopNode(false, loop), CelType.Map(key, compiler.Types.Known(body.Type))),
            ComprehensionKind.MapEntry => new Typed(new MapLoopNode(true, loop), EntriesType(macro, body.Type)),
            _ => new Typed(new QuantifierNode(macro.Kind, loop), Predicate(macro, body.Type)),
        };
    }

    public Typed Compile(Binding binding)
    {
        int[] slots = new int[binding.Variables.Count];
        Node[] values = new Node[slots.Length];
        for (int index = 0; index < slots.Length; index++)
        {
            (string name, Expression expression) = binding.Variables[index];
            Typed value = compiler.Compile(expression);
            values[index] = value.Node;
            slots[index] = compiler.Scopes.Enter(name, binding.IsDynamic ? CelType.Dyn : value.Type).Slot;
        }

        Typed result = compiler.Compile(binding.Result);
        compiler.Scopes.Leave(slots.Length);
        return new Typed(new BindNode(slots, values, result.Node), result.Type);
    }

    public Typed Compile(OptionalMap map)
    {
        Typed target = compiler.Compile(map.Target);
        CelType known = compiler.Types.Known(target.Type);
        compiler.Expect(map.Target, target.Type, CelType.Optional(CelType.Dyn), "what is mapped");
        Local local = compiler.Scopes.Enter(map.Variable, known.IsOptional ? known.Parameters[0] : CelType.Dyn);
        Typed body = compiler.Compile(map.Body);
        compiler.Scopes.Leave(1);
        if (map.IsFlat)
        {
            compiler.Expect(map.Body, body.Type, CelType.Optional(CelType.Dyn), "what optFlatMap makes");
        }

        return new Typed(
            new OptionalMapNode(target.Node, local.Slot, body.Node, map.IsFlat),
            map.IsFlat ? body.Type : CelType.Optional(body.Type));
    }

    private CelType Predicate(Comprehension macro, CelType body)
    {
        compiler.Expect(macro.Body, body, CelType.Bool, "a macro's condition");
        return CelType.Bool;
    }

    private CelType EntriesType(Comprehension macro, CelType body)
    {
        compiler.Expect(macro.Body, body, CelType.Map(CelType.Dyn, CelType.Dyn), "what transformMapEntry makes");
        CelType known = compiler.Types.Known(body);
        return known.Kind == CelTypeKind.Map ? known : CelType.Map(CelType.Dyn, CelType.Dyn);
    }

    private (CelType Key, CelType Value, bool IsMap) ElementTypes(Comprehension macro, CelType range)
    {
        CelType known = compiler.Types.Known(range);
        switch (known.Kind)
        {
            case CelTypeKind.List:
                return (CelType.Int, known.Parameters[0], false);
            case CelTypeKind.Map:
                return (known.Parameters[0], known.Parameters[1], true);
            case CelTypeKind.Parameter or CelTypeKind.Dyn or CelTypeKind.Error:
                compiler.Types.TryAssign(CelType.Dyn, known);
                return (CelType.Dyn, CelType.Dyn, false);
            default:
                compiler.Report(macro.Range.Offset, $"only a list or a map can be gone over, not {known}");
                return (CelType.Error, CelType.Error, false);
        }
    }
}
