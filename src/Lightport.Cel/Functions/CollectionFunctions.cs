using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary><c>size</c>, called either way.</summary>
internal static class CollectionFunctions
{
    private static readonly CelType[] Sized =
        [CelType.String, Bytes, List(Parameter("A")), Map(Parameter("A"), Parameter("B"))];

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new(
            "size",
            [
                .. Sized.Select(type => CelOverload.Global([type], Int, Size)),
                .. Sized.Select(type => CelOverload.Member([type], Int, Size)),
            ]),
    ];

    private static CelValue Size(ReadOnlySpan<CelValue> arguments, CelMeter meter) => arguments[0].Kind switch
    {
        CelKind.String => !meter.SpendText(arguments[0].Text.Length) ? meter.Refusal()
            : CelValue.Of((long)CodePoints.Count(arguments[0].Text)),
        CelKind.Bytes => CelValue.Of((long)arguments[0].Octets.Length),
        CelKind.List => CelValue.Of((long)arguments[0].Items.Count),
        _ => CelValue.Of((long)arguments[0].Entries.Count),
    };
}
