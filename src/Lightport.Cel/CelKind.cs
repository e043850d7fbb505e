namespace Lightport.Cel;

/// <summary>What a value is at run time.</summary>
public enum CelKind : byte
{
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

    /// <summary>What the host gives: fields that are looked up when an expression asks for them.</summary>
    Object,
    Type,
    Optional,

    /// <summary>An evaluation that failed. Only <c>&amp;&amp;</c>, <c>||</c>, <c>all</c> and <c>exists</c> can do
    /// without it.</summary>
    Error,
}
