using Lightport.Cel.Syntax;
using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>
/// The operators' signatures, for the checker. Those that have no body here are nodes of their own, which never ask
/// for it.
/// </summary>
internal static class OperatorFunctions
{
    private static readonly CelType A = Parameter("A");
    private static readonly CelType B = Parameter("B");

    private static readonly CelType[] Ordered =
        [CelType.Bool, Int, Uint, CelType.Double, CelType.String, Bytes, Timestamp, Duration];

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new(Operators.Not, Signature([CelType.Bool], CelType.Bool)),
        new(Operators.Negate, Signature([Int], Int), Signature([CelType.Double], CelType.Double)),
        new(Operators.EqualTo, Signature([A, A], CelType.Bool)),
        new(Operators.NotEqualTo, Signature([A, A], CelType.Bool)),
        new(Operators.Less, [.. Comparisons]),
        new(Operators.LessOrEqual, [.. Comparisons]),
        new(Operators.Greater, [.. Comparisons]),
        new(Operators.GreaterOrEqual, [.. Comparisons]),
        new(Operators.Conditional, Signature([CelType.Bool, A, A], A)),
        new(Operators.In, Signature([A, List(A)], CelType.Bool), Signature([A, Map(A, B)], CelType.Bool)),
        new(
            Operators.Index,
            Signature([List(A), Int], A),
            Signature([Map(A, B), A], B),
            Signature([Optional(List(A)), Int], Optional(A)),
            Signature([Optional(Map(A, B)), A], Optional(B))),
        new(
            Operators.OptionalIndex,
            Signature([List(A), Int], Optional(A)),
            Signature([Map(A, B), A], Optional(B)),
            Signature([Optional(List(A)), Int], Optional(A)),
            Signature([Optional(Map(A, B)), A], Optional(B))),
        new(
            Operators.Add,
            [
                .. Numbers(Int, Uint, CelType.Double),
                CelOverload.Global([CelType.String, CelType.String], CelType.String, static (arguments, meter) =>
                    !meter.SpendText(arguments[0].Text.Length + (long)arguments[1].Text.Length) ? meter.Refusal()
                    : CelValue.Of(arguments[0].Text + arguments[1].Text)),
                CelOverload.Global([Bytes, Bytes], Bytes, static (arguments, meter) =>
                    !meter.SpendText(arguments[0].Octets.Length + (long)arguments[1].Octets.Length) ? meter.Refusal()
                    : CelValue.Of([.. arguments[0].Octets, .. arguments[1].Octets])),
                CelOverload.Global([List(A), List(A)], List(A), static (arguments, meter) =>
                    !meter.Spend(arguments[0].Items.Count + (long)arguments[1].Items.Count) ? meter.Refusal()
                    : CelValue.Of(new CelList([.. arguments[0].Items.Span, .. arguments[1].Items.Span]))),
                CelOverload.Global([Timestamp, Duration], Timestamp, static (arguments, _) =>
                    Moved(arguments[0], arguments[1].Bits)),
                CelOverload.Global([Duration, Timestamp], Timestamp, static (arguments, _) =>
                    Moved(arguments[1], arguments[0].Bits)),
                CelOverload.Global([Duration, Duration], Duration, static (arguments, _) =>
                    Durations.At((Int128)arguments[0].Bits + arguments[1].Bits)),
            ]),
        new(
            Operators.Subtract,
            [
                .. Numbers(Int, Uint, CelType.Double),
                CelOverload.Global([Timestamp, Timestamp], Duration, static (arguments, _) => Durations.At(
                    ((Int128)(arguments[0].Bits - arguments[1].Bits) * Durations.PerSecond)
                    + arguments[0].Nanoseconds - arguments[1].Nanoseconds)),
                CelOverload.Global([Timestamp, Duration], Timestamp, static (arguments, _) =>
                    arguments[1].Bits == long.MinValue ? CelValue.Error("a timestamp is out of range")
                    : Moved(arguments[0], -arguments[1].Bits)),
                CelOverload.Global([Duration, Duration], Duration, static (arguments, _) =>
                    Durations.At((Int128)arguments[0].Bits - arguments[1].Bits)),
            ]),
        new(Operators.Multiply, [.. Numbers(Int, Uint, CelType.Double)]),
        new(Operators.Divide, [.. Numbers(Int, Uint, CelType.Double)]),
        new(Operators.Modulo, [.. Numbers(Int, Uint)]),
    ];

    private static IEnumerable<CelOverload> Comparisons =>
        Ordered.Select(type => Signature([type, type], CelType.Bool));

    private static IEnumerable<CelOverload> Numbers(params CelType[] types) =>
        types.Select(type => Signature([type, type], type));

    private static CelOverload Signature(CelType[] parameters, CelType result) =>
        CelOverload.Global(parameters, result, static (arguments, _) => Failure.NoOverload("operator", arguments));

    private static CelValue Moved(in CelValue timestamp, long nanoseconds)
    {
        long whole = Math.DivRem(nanoseconds, Durations.PerSecond, out long rest);
        return TimestampText.At((Int128)timestamp.Bits + whole, timestamp.Nanoseconds + rest);
    }
}
