namespace Lightport.Audit;

/// <summary>The fields that writer and verifier go by.</summary>
internal static class AuditFields
{
    public const string Chain = "chain";
    public const string Number = "seq";
    public const string At = "at";
    public const string Kind = "kind";
    public const string Previous = "prev";
    public const string Missing = "missing";
    public const string Start = "start";
    public const string End = "end";

    /// <summary>How each record begins.</summary>
    public static ReadOnlySpan<byte> Beginning => "{\"chain\":\""u8;

    /// <summary>What stands before a record's hash, which is over all that stands before it.</summary>
    public static ReadOnlySpan<byte> BeforeHash => ",\"hash\":\""u8;

    /// <summary>What stands behind it.</summary>
    public static ReadOnlySpan<byte> AfterHash => "\"}"u8;

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public const int HashLength = 64;

    /// <summary>What the first record of all follows.</summary>
    public static string Nothing { get; } = new('0', HashLength);
}
