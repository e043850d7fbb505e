using System.Collections.Frozen;

namespace Lightport.Cel;

/// <summary>A type as the checker knows it; at run time only its name counts.</summary>
public sealed class CelType
{
    internal const string OptionalName = "optional_type";

    private CelType(CelTypeKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

    public static CelType Null { get; } = new(CelTypeKind.Null, "null_type");

    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");

    public static CelType Int { get; } = new(CelTypeKind.Int, "int");

    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");

    public static CelType Double { get; } = new(CelTypeKind.Double, "double");

    public static CelType String { get; } = new(CelTypeKind.String, "string");

    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");

    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");

    public static CelType Duration { get; } = new(CelTypeKind.Duration, "google.protobuf.Duration");

    /// <summary>The type of types, of which no more is known.</summary>
    public static CelType Type { get; } = new(CelTypeKind.Type, "type");

    public CelTypeKind Kind { get; }

    public string Name { get; }

    internal static CelType Error { get; } = new(CelTypeKind.Error, "error");

    internal CelType[] Parameters { get; }

    /// <summary>An object's fields.</summary>
    internal FrozenDictionary<string, CelType> Fields { get; private init; } = FrozenDictionary<string, CelType>.Empty;

    internal bool IsDyn => Kind == CelTypeKind.Dyn;

    internal bool IsOptional => Kind == CelTypeKind.Opaque && Name == OptionalName;

    public static CelType List(CelType item) => new(CelTypeKind.List, "list", item);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    public static CelType Optional(CelType value) => new(CelTypeKind.Opaque, OptionalName, value);

    /// <summary>The type of a type: <c>type(1)</c> is <c>TypeOf(Int)</c>.</summary>
    public static CelType TypeOf(CelType type) => new(CelTypeKind.Type, "type", type);

    /// <summary>A type that a function's signature leaves open; the same name is the same type throughout it.</summary>
    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    public static CelType Opaque(string name, params CelType[] parameters) =>
        new(CelTypeKind.Opaque, name, parameters);

    /// <summary>A host's object. A field that is not among these is a mistake in the expression.</summary>
    public static CelType Object(string name, IReadOnlyDictionary<string, CelType> fields) =>
        new(CelTypeKind.Object, name) { Fields = fields.ToFrozenDictionary(StringComparer.Ordinal) };

    public override string ToString() => Kind switch
    {
        CelTypeKind.Null => "null",
        CelTypeKind.Timestamp => "timestamp",
        CelTypeKind.Duration => "duration",
        _ when Parameters.Length > 0 => $"{Name}({string.Join(", ", Parameters.Select(type => type.ToString()))})",
        _ => Name,
    };

    /// <summary>The same type, parameter by parameter.</summary>
    internal bool Is(CelType other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (Kind != other.Kind || Name != other.Name || Parameters.Length != other.Parameters.Length)
        {
            return false;
        }

        for (int index = 0; index < Parameters.Length; index++)
        {
            if (!Parameters[index].Is(other.Parameters[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same type with other parameters.</summary>
    internal CelType With(CelType[] parameters) => new(Kind, Name, parameters);
}
