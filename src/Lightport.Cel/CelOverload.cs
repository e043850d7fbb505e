namespace Lightport.Cel;

/// <summary>One signature of a function, and what it does.</summary>
/// <param name="IsMember">Called on its first argument: <c>text.startsWith('a')</c>.</param>
/// <param name="IsPure">The same arguments always give the same value, so that constants are computed once.</param>
public sealed record CelOverload(
    bool IsMember, IReadOnlyList<CelType> Parameters, CelType Result, CelFunctionBody Body, bool IsPure = true)
{
    private readonly CelKind?[] _kinds = [.. Parameters.Select(KindOf)];

    public static CelOverload Global(IReadOnlyList<CelType> parameters, CelType result, CelFunctionBody body) =>
        new(false, parameters, result, body);

    public static CelOverload Member(IReadOnlyList<CelType> parameters, CelType result, CelFunctionBody body) =>
        new(true, parameters, result, body);

    /// <summary>Whether the arguments are of the kinds that it takes.</summary>
    internal bool Takes(ReadOnlySpan<CelValue> arguments)
    {
        for (int index = 0; index < arguments.Length; index++)
        {
            if (_kinds[index] is { } kind && arguments[index].Kind != kind)
            {
                return false;
            }
        }

        return true;
    }

    private static CelKind? KindOf(CelType type) => type.Kind switch
    {
        CelTypeKind.Null => CelKind.Null,
        CelTypeKind.Bool => CelKind.Bool,
        CelTypeKind.Int => CelKind.Int,
        CelTypeKind.Uint => CelKind.Uint,
        CelTypeKind.Double => CelKind.Double,
        CelTypeKind.String => CelKind.String,
        CelTypeKind.Bytes => CelKind.Bytes,
        CelTypeKind.Timestamp => CelKind.Timestamp,
        CelTypeKind.Duration => CelKind.Duration,
        CelTypeKind.List => CelKind.List,
        CelTypeKind.Map => CelKind.Map,
        CelTypeKind.Type => CelKind.Type,
        CelTypeKind.Object => CelKind.Object,
        _ when type.IsOptional => CelKind.Optional,
        _ => null,
    };
}
