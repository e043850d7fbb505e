using Lightport.Cel.Evaluation;
using Lightport.Cel.Syntax;

namespace Lightport.Cel.Checking;

/// <summary>Names and fields: macros' variables first, then the host's, then the types.</summary>
internal sealed class NameCompiler(Compiler compiler, CelEnvironment environment)
{
    private static readonly Dictionary<string, CelType> TypeNames = new[]
    {
        CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.Null,
        CelType.Type, CelType.List(CelType.Dyn), CelType.Map(CelType.Dyn, CelType.Dyn), CelType.Optional(CelType.Dyn),
        CelType.Timestamp, CelType.Duration,
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public Typed Compile(Identifier identifier) => compiler.Scopes.Find(identifier.Name) is { } local
        ? new Typed(new LocalNode(local.Slot), local.Type)
        : Find(identifier.Name) ?? compiler.Refuse(identifier.Offset, Undeclared(identifier.Name));

    public Typed Compile(Select select)
    {
        if (QualifiedName(select) is { } name && Find(name) is { } found)
        {
            return found;
        }

        Typed operand = compiler.Compile(select.Operand);
        CelType field = FieldType(select, operand.Type, select.Field, out bool isOfOptional);
        return new Typed(
            Compiler.Folded(new SelectNode(operand.Node, select.Field, select.IsOptional)),
            select.IsOptional || isOfOptional ? CelType.Optional(field) : field);
    }

    public Typed Compile(Presence presence)
    {
        Typed operand = compiler.Compile(presence.Operand);
        FieldType(presence, operand.Type, presence.Field, out _);
        return new Typed(Compiler.Folded(new PresenceNode(operand.Node, presence.Field)), CelType.Bool);
    }

    /// <summary>The name that selections make up, as <c>a.b.c</c>; null where they begin with something else.</summary>
    public string? QualifiedName(Expression? expression) => expression switch
    {
        Identifier identifier => compiler.Scopes.Find(identifier.Name) is null ? identifier.Name : null,
        Select { IsOptional: false } select when QualifiedName(select.Operand) is { } name => $"{name}.{select.Field}",
        _ => null,
    };

    private Typed? Find(string name)
    {
        if (environment.FindVariable(name) is { } found)
        {
            return new Typed(new VariableNode(found.Variable.Name, found.Place), found.Variable.Type);
        }

        return TypeNames.TryGetValue(name.TrimStart('.'), out CelType? type)
            ? new Typed(new ConstantNode(CelValue.Of(type)), CelType.TypeOf(type)) : null;
    }

    private CelType FieldType(Expression expression, CelType operand, string field, out bool isOfOptional)
    {
        CelType known = compiler.Types.Known(operand);
        isOfOptional = known.IsOptional;
        known = isOfOptional ? known.Parameters[0] : known;
        switch (known.Kind)
        {
            case CelTypeKind.Map:
                return known.Parameters[1];
            case CelTypeKind.Object when known.Fields.TryGetValue(field, out CelType? type):
                return type;
            case CelTypeKind.Object:
                compiler.Report(
                    expression.Offset,
                    $"'{known.Name}' has no field '{field}'{Suggestion.Or(field, known.Fields.Keys)}");
                return CelType.Error;
            case CelTypeKind.Parameter:
                compiler.Types.TryAssign(CelType.Dyn, known);
                return CelType.Dyn;
            case CelTypeKind.Dyn or CelTypeKind.Error:
                return CelType.Dyn;
            default:
                compiler.Report(
                    expression.Offset, $"{compiler.Types.Final(known)} has no fields to select '{field}' from");
                return CelType.Error;
        }
    }

    private string Undeclared(string name) => $"undeclared reference to '{name}'{Owned(name)}";

    /// <summary>A field without what it is a field of; else a name that is close, or those that there are.</summary>
    private string Owned(string name)
    {
        string? owner = environment.VariableNames.Order(StringComparer.Ordinal).FirstOrDefault(variable =>
            environment.FindVariable(variable) is { } found && found.Variable.Type.Fields.ContainsKey(name));
        return owner is null ? Suggestion.Or(name, environment.VariableNames) : $"; did you mean '{owner}.{name}'?";
    }
}
