using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>The math extension: extremes, rounding, signs.</summary>
internal static class MathFunctions
{
    private static readonly CelType[] Numbers = [Int, Uint, CelType.Double];

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new("math.greatest", [.. Extremes(isGreatest: true)]),
        new("math.least", [.. Extremes(isGreatest: false)]),
        Rounding("math.ceil", Math.Ceiling),
        Rounding("math.floor", Math.Floor),
        Rounding("math.trunc", Math.Truncate),
        Rounding("math.round", static value => Math.Round(value, MidpointRounding.AwayFromZero)),
        Test("math.isNaN", double.IsNaN),
        Test("math.isInf", double.IsInfinity),
        Test("math.isFinite", double.IsFinite),
        new("math.abs", [.. Numbers.Select(type => CelOverload.Global([type], type, Absolute))]),
        new("math.sign", [.. Numbers.Select(type => CelOverload.Global([type], type, Sign))]),
    ];

    private static CelFunction Rounding(string name, Func<double, double> round) => new(
        name,
        CelOverload.Global([CelType.Double], CelType.Double, (arguments, _) =>
            CelValue.Of(round(arguments[0].Number))));

    private static CelFunction Test(string name, Func<double, bool> test) => new(
        name,
        CelOverload.Global([CelType.Double], CelType.Bool, (arguments, _) => CelValue.Of(test(arguments[0].Number))));

    private static CelValue Absolute(ReadOnlySpan<CelValue> arguments, CelMeter meter) => arguments[0].Kind switch
    {
        CelKind.Int when arguments[0].Bits < 0 => Arithmetic.Negate(arguments[0]),
        CelKind.Double => CelValue.Of(Math.Abs(arguments[0].Number)),
        _ => arguments[0],
    };

    private static CelValue Sign(ReadOnlySpan<CelValue> arguments, CelMeter meter) => arguments[0].Kind switch
    {
        CelKind.Int => CelValue.Of((long)Math.Sign(arguments[0].Bits)),
        CelKind.Uint => CelValue.Of(arguments[0].Bits == 0 ? 0UL : 1UL),
        _ => CelValue.Of(double.IsNaN(arguments[0].Number) ? double.NaN : Math.Sign(arguments[0].Number)),
    };

    /// <summary>Of one, of two of any kinds, of a list.</summary>
    private static IEnumerable<CelOverload> Extremes(bool isGreatest)
    {
        CelValue Choose(ReadOnlySpan<CelValue> values, CelMeter meter) => Extreme(values, isGreatest);
        CelValue ChooseOfList(ReadOnlySpan<CelValue> values, CelMeter meter) =>
            !meter.Spend(values[0].Items.Count) ? meter.Refusal()
            : values[0].Items.Count == 0 ? CelValue.Error("an empty list has neither a greatest nor a least")
            : Extreme(values[0].Items.Span, isGreatest);
        return
        [
            .. Numbers.Select(type => CelOverload.Global([type], type, Choose)),
            .. from first in Numbers
               from second in Numbers
               select CelOverload.Global([first, second], first.Is(second) ? first : Dyn, Choose),
            .. Numbers.Select(type => CelOverload.Global([List(type)], type, ChooseOfList)),
        ];
    }

    private static CelValue Extreme(ReadOnlySpan<CelValue> values, bool isGreatest)
    {
        CelValue extreme = values[0];
        foreach (CelValue value in values)
        {
            if (!Ordering.IsNumber(value))
            {
                return Failure.NoOverload(isGreatest ? "math.greatest" : "math.least", value);
            }

            int order = Ordering.OfNumbers(value, extreme);
            extreme = order != Ordering.Unordered && (isGreatest ? order > 0 : order < 0) ? value : extreme;
        }

        return extreme;
    }
}
