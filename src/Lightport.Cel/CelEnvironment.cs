using System.Collections.Frozen;
using Lightport.Cel.Checking;
using Lightport.Cel.Functions;
using Lightport.Cel.Syntax;

namespace Lightport.Cel;

/// <summary>What expressions may name: the host's variables and functions, and the language's own.</summary>
public sealed class CelEnvironment
{
    private readonly FrozenDictionary<string, int> _places;
    private readonly FrozenDictionary<string, CelFunction> _functions;
    private readonly CelVariable[] _variables;
    private readonly CelLimits _limits;
    private readonly string[] _prefixes;

    /// <param name="functions">The host's own, beside the language's.</param>
    /// <param name="container">Names are looked for in this namespace first, then in those around it.</param>
    /// <exception cref="ArgumentException">Something is declared twice.</exception>
    public CelEnvironment(
        IEnumerable<CelVariable> variables,
        IEnumerable<CelFunction>? functions = null,
        string container = "",
        CelLimits? limits = null)
    {
        _variables = [.. variables];
        _places = _variables.Index()
            .ToFrozenDictionary(item => item.Item.Name, item => item.Index, StringComparer.Ordinal);
        _functions = StandardLibrary.Functions.Concat(functions ?? [])
            .ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);
        _limits = limits ?? CelLimits.Default;
        _prefixes = [.. Prefixes(container)];
        Unbound = [.. _variables.Select(variable => CelValue.Error($"nothing is bound to '{variable.Name}'"))];
    }

    /// <summary>What a variable is until a host binds it.</summary>
    internal CelValue[] Unbound { get; }

    internal IEnumerable<string> VariableNames => _variables.Select(variable => variable.Name);

    internal IEnumerable<string> FunctionNames => _functions.Keys;

    /// <exception cref="CelParseException">The text is no expression.</exception>
    /// <exception cref="CelCheckException">Names or types are wrong.</exception>
    public CelProgram Compile(string text) => Compile(text, isChecked: true);

    /// <summary>Compiles without a check of types: what does not go together is an error of the evaluation.</summary>
    /// <exception cref="CelParseException">The text is no expression.</exception>
    public CelProgram CompileUnchecked(string text) => Compile(text, isChecked: false);

    /// <param name="host">Has the variables as its fields, each asked for once and only where it is read; null where
    /// all are set beforehand.</param>
    public CelBindings Bind(ICelObject? host = null) => new(this, host);

    internal int PlaceOf(string variable) => _places.TryGetValue(variable, out int place)
        ? place : throw new KeyNotFoundException($"There is no variable '{variable}'.");

    /// <summary>The variable that a name stands for in the container; a leading dot means outside of it.</summary>
    internal (CelVariable Variable, int Place)? FindVariable(string name)
    {
        foreach (string candidate in Candidates(name))
        {
            if (_places.TryGetValue(candidate, out int place))
            {
                return (_variables[place], place);
            }
        }

        return null;
    }

    internal CelFunction? FindFunction(string name)
    {
        foreach (string candidate in Candidates(name))
        {
            if (_functions.TryGetValue(candidate, out CelFunction? function))
            {
                return function;
            }
        }

        return null;
    }

    private IEnumerable<string> Candidates(string name) =>
        name.StartsWith('.') ? [name[1..]] : _prefixes.Select(prefix => prefix + name);

    private static IEnumerable<string> Prefixes(string container)
    {
        for (string rest = container; rest.Length > 0; rest = rest[..Math.Max(rest.LastIndexOf('.'), 0)])
        {
            yield return $"{rest}.";
        }

        yield return "";
    }

    private CelProgram Compile(string text, bool isChecked)
    {
        SourceText source = new(text);
        Expression expression = new Parser(source, _limits).Parse();
        Compiler compiler = new(this, source, isChecked);
        Typed compiled = compiler.Compile(expression);
        compiler.ThrowIfWrong();
        return new CelProgram(text, compiled.Node, compiler.Types.Final(compiled.Type), compiler.Scopes.Slots);
    }
}
