using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>Values that may be there.</summary>
internal static class OptionalFunctions
{
    /// <summary>The name of a function that is a node of its own, since it may not need its argument.</summary>
    public const string Or = "or";

    /// <inheritdoc cref="Or" />
    public const string OrValue = "orValue";

    private static readonly CelType V = Parameter("V");

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new("optional.of", CelOverload.Global([V], Optional(V), static (arguments, _) => Perhaps.Of(arguments[0]))),
        new("optional.ofNonZeroValue", CelOverload.Global([V], Optional(V), static (arguments, _) =>
            Perhaps.OfNonZero(arguments[0]))),
        new("optional.none", CelOverload.Global([], Optional(V), static (_, _) => Perhaps.None)),
        new("value", CelOverload.Member([Optional(V)], V, static (arguments, _) => arguments[0].Inside.Value)),
        new("hasValue", CelOverload.Member([Optional(V)], CelType.Bool, static (arguments, _) =>
            CelValue.Of(arguments[0].Inside.HasValue))),
        new(Or, CelOverload.Member([Optional(V), Optional(V)], Optional(V), static (arguments, _) =>
            Failure.NoOverload(Or, arguments))),
        new(OrValue, CelOverload.Member([Optional(V), V], V, static (arguments, _) =>
            Failure.NoOverload(OrValue, arguments))),
    ];
}
