using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>One kind made of another, and the type of a value.</summary>
internal static class ConversionFunctions
{
    private static readonly CelType A = Parameter("A");

    private delegate CelValue Conversion(in CelValue value);

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new("type", CelOverload.Global([A], TypeOf(A), static (arguments, _) =>
            CelValue.Of(Display.TypeOf(arguments[0])))),
        new("dyn", CelOverload.Global([A], Dyn, static (arguments, _) => arguments[0])),
        To(Int, "int", Conversions.ToInt, Int, Uint, CelType.Double, CelType.String, Timestamp, Duration),
        To(Uint, "uint", Conversions.ToUint, Uint, Int, CelType.Double, CelType.String),
        To(CelType.Double, "double", Conversions.ToDouble, CelType.Double, Int, Uint, CelType.String),
        To(CelType.Bool, "bool", Conversions.ToBool, CelType.Bool, CelType.String),
        To(Bytes, "bytes", Conversions.ToBytes, Bytes, CelType.String),
        To(
            CelType.String, "string", Conversions.ToText,
            CelType.String, CelType.Bool, Int, Uint, CelType.Double, Bytes, Timestamp, Duration),
        To(Timestamp, "timestamp", Conversions.ToTimestamp, Timestamp, CelType.String, Int),
        To(Duration, "duration", Conversions.ToDuration, Duration, CelType.String, Int),
    ];

    private static CelFunction To(CelType result, string name, Conversion convert, params CelType[] from) => new(
        name,
        [
            .. from.Select(type => CelOverload.Global([type], result, (arguments, meter) =>
                meter.SpendText(LengthOf(arguments[0])) ? convert(arguments[0]) : meter.Refusal())),
        ]);

    private static long LengthOf(in CelValue value) => value.Kind switch
    {
        CelKind.String => value.Text.Length,
        CelKind.Bytes => value.Octets.Length,
        _ => 1,
    };
}
