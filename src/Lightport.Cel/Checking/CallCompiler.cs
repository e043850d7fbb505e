using Lightport.Cel.Evaluation;
using Lightport.Cel.Functions;
using Lightport.Cel.Syntax;

namespace Lightport.Cel.Checking;

/// <summary>Functions and operators: which one is meant, which of its overloads fit, and what they give.</summary>
internal sealed class CallCompiler(Compiler compiler, CelEnvironment environment)
{
    private readonly NameCompiler _names = new(compiler, environment);
    private readonly CallNodes _nodes = new(compiler);

    public Typed Compile(Call call)
    {
        List<Typed> arguments = [];
        CelFunction? function;
        bool isMember = false;
        if (call.Target is null)
        {
            function = environment.FindFunction(call.Function);
        }
        else
        {
            // math.abs(x) is a function by a qualified name, text.trim() one that is called on its argument.
            string? prefix = _names.QualifiedName(call.Target);
            function = prefix is null ? null : environment.FindFunction($"{prefix}.{call.Function}");
            if (function is null && prefix is not null && IsNamespace(prefix))
            {
                return compiler.Refuse(call.Offset, Undeclared($"{prefix}.{call.Function}"));
            }

            if (function is null)
            {
                isMember = true;
                arguments.Add(compiler.Compile(call.Target));
                function = environment.FindFunction(call.Function);
            }
        }

        arguments.AddRange(call.Arguments.Select(compiler.Compile));
        return function is null
            ? compiler.Refuse(call.Offset, Undeclared(call.Function))
            : Compile(call, function, isMember, arguments);
    }

    public Typed Compile(Syntax.Index index)
    {
        List<Typed> arguments = [compiler.Compile(index.Operand), compiler.Compile(index.Key)];
        string name = index.IsOptional ? Operators.OptionalIndex : Operators.Index;
        CelType result = ResultOf(index, Operator(name), Operator(name).Overloads, arguments, isMember: false);
        return new Typed(
            Compiler.Folded(new IndexNode(arguments[0].Node, arguments[1].Node, index.IsOptional)), result);
    }

    public Typed Compile(Conditional conditional)
    {
        List<Typed> arguments =
        [
            compiler.Compile(conditional.Condition),
            compiler.Compile(conditional.Then),
            compiler.Compile(conditional.Else),
        ];
        CelFunction function = Operator(Operators.Conditional);
        CelType result = ResultOf(conditional, function, function.Overloads, arguments, isMember: false);
        return new Typed(
            Compiler.Folded(new ConditionalNode(arguments[0].Node, arguments[1].Node, arguments[2].Node)), result);
    }

    private CelFunction Operator(string name) =>
        environment.FindFunction($".{name}") ?? throw new InvalidOperationException($"The library has no {name}.");

    private Typed Compile(Call call, CelFunction function, bool isMember, List<Typed> arguments)
    {
        CelOverload[] overloads =
        [
            .. function.Overloads.Where(overload =>
                overload.IsMember == isMember && overload.Parameters.Count == arguments.Count),
        ];
        CelType result = ResultOf(call, function, overloads, arguments, isMember);
        Node[] nodes = [.. arguments.Select(argument => argument.Node)];
        return new Typed(Compiler.Folded(_nodes.Make(call, function.Name, overloads, nodes)), result);
    }

    /// <summary>What the overloads that fit give; <c>dyn</c> where they differ.</summary>
    private CelType ResultOf(
        Expression expression,
        CelFunction function,
        IReadOnlyList<CelOverload> overloads,
        List<Typed> arguments,
        bool isMember)
    {
        CelType? result = null;
        CelType[] types = [.. arguments.Select(argument => argument.Type)];
        foreach (CelOverload overload in overloads)
        {
            Dictionary<string, CelType> open = new(StringComparer.Ordinal);
            CelType[] parameters = [.. overload.Parameters.Select(parameter => Instance(parameter, open))];
            if (!compiler.Types.TryAssign(types, parameters))
            {
                continue;
            }

            CelType found = compiler.Types.Known(Instance(overload.Result, open));
            result = result is null || result.IsDyn || found.Is(result) ? result ?? found : CelType.Dyn;
        }

        if (result is null)
        {
            compiler.Report(expression.Offset, NoOverload(function, types, isMember));
        }

        return result ?? CelType.Error;
    }

    /// <summary>The type with open types of this call in the place of the signature's.</summary>
    private CelType Instance(CelType type, Dictionary<string, CelType> open)
    {
        if (type.Kind != CelTypeKind.Parameter)
        {
            return type.Parameters.Length == 0 ? type
                : type.With(Array.ConvertAll(type.Parameters, parameter => Instance(parameter, open)));
        }

        if (!open.TryGetValue(type.Name, out CelType? instance))
        {
            open[type.Name] = instance = compiler.Types.Fresh();
        }

        return instance;
    }

    private string NoOverload(CelFunction function, CelType[] types, bool isMember)
    {
        CelType[] finals = [.. types.Select(compiler.Types.Final)];
        if (Operators.Comparison(function.Name) is { } word && finals is [var left, var right])
        {
            return left.Is(right)
                ? $"{left} has no order, so that {word} cannot compare two of them"
                : $"{word} cannot compare {left} with {right}: write both as one type{Example(left, right)}";
        }

        string found = Signature(function.Name, isMember, finals);
        string[] known =
        [
            .. function.Overloads.Select(overload =>
                Signature(function.Name, overload.IsMember, overload.Parameters)),
        ];
        string more = known.Length > 8 ? ", …" : "";
        return $"there is no {found}, but {string.Join(", ", known.Take(8))}{more}";
    }

    /// <summary>A number that is whole by chance is the mistake that is made most, and 5 is not 5.0 here.</summary>
    private static string Example(CelType left, CelType right) =>
        (left.Is(CelType.Double) && right.Is(CelType.Int)) || (left.Is(CelType.Int) && right.Is(CelType.Double))
            ? ", as in 5.0"
            : "";

    private static string Signature(string name, bool isMember, IReadOnlyList<CelType> types) => true switch
    {
        _ when Operators.Between(name) is { } word && types.Count == 2 => $"{types[0]} {word} {types[1]}",
        _ when isMember => $"{types[0]}.{name}({string.Join(", ", types.Skip(1))})",
        _ => $"{name}({string.Join(", ", types)})",
    };

    /// <summary>Whether functions begin with the name, and nothing that has a value does.</summary>
    private bool IsNamespace(string prefix) => environment.FindVariable(prefix) is null
        && environment.FunctionNames.Any(name => name.StartsWith($"{prefix}.", StringComparison.Ordinal));

    private string Undeclared(string name) =>
        $"undeclared function '{name}'{Suggestion.For(name, environment.FunctionNames)}";
}
