namespace Lightport.Cel;

/// <summary>What a type is when an expression is checked.</summary>
public enum CelTypeKind
{
    /// <summary>Known only at run time; goes with every other.</summary>
    Dyn,

    /// <summary>Of what is wrong already: goes with every other, so that one mistake is told once.</summary>
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Type,

    /// <summary>A host's object, whose fields are declared.</summary>
    Object,

    /// <summary>A type by its name and parameters alone, <c>optional_type</c> among them.</summary>
    Opaque,

    /// <summary>Stands for any one type within a function's signature.</summary>
    Parameter,
}
