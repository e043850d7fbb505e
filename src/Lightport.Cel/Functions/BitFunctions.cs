using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>The math extension's operations on bits.</summary>
internal static class BitFunctions
{
    public static IReadOnlyList<CelFunction> All { get; } =
    [
        OfTwo("math.bitAnd", static (left, right) => left & right),
        OfTwo("math.bitOr", static (left, right) => left | right),
        OfTwo("math.bitXor", static (left, right) => left ^ right),
        new(
            "math.bitNot",
            CelOverload.Global([Int], Int, static (arguments, _) => CelValue.Of(~arguments[0].Bits)),
            CelOverload.Global([Uint], Uint, static (arguments, _) => CelValue.Of(~arguments[0].Unsigned))),
        Shift("math.bitShiftLeft", static (bits, by) => bits << by),
        Shift("math.bitShiftRight", static (bits, by) => bits >> by),
    ];

    private static CelFunction OfTwo(string name, Func<ulong, ulong, ulong> combine) => new(
        name,
        CelOverload.Global([Int, Int], Int, (arguments, _) =>
            CelValue.Of((long)combine(arguments[0].Unsigned, arguments[1].Unsigned))),
        CelOverload.Global([Uint, Uint], Uint, (arguments, _) =>
            CelValue.Of(combine(arguments[0].Unsigned, arguments[1].Unsigned))));

    /// <summary>Zeros come in at either end, also for a negative number.</summary>
    private static CelFunction Shift(string name, Func<ulong, int, ulong> shift)
    {
        ulong Shifted(in CelValue bits, in CelValue by) => by.Bits >= 64 ? 0 : shift(bits.Unsigned, (int)by.Bits);
        return new CelFunction(
            name,
            CelOverload.Global([Int, Int], Int, (arguments, _) => arguments[1].Bits < 0
                ? NegativeOffset : CelValue.Of((long)Shifted(arguments[0], arguments[1]))),
            CelOverload.Global([Uint, Int], Uint, (arguments, _) => arguments[1].Bits < 0
                ? NegativeOffset : CelValue.Of(Shifted(arguments[0], arguments[1]))));
    }

    private static CelValue NegativeOffset => CelValue.Error("a negative offset to shift by");
}
