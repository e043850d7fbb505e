using System.Globalization;
using System.Text;

namespace Lightport.Cel.Values;

/// <summary>One kind made of another: <c>int('1')</c>, <c>double(1)</c>. What does not fit is an error.</summary>
internal static class Conversions
{
    private const double TwoTo63 = 9_223_372_036_854_775_808.0;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static CelValue ToInt(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value,
        CelKind.Uint => value.Bits < 0 ? CelValue.Error(Arithmetic.Overflow) : CelValue.Of(value.Bits),
        CelKind.Double => value.Number is > -TwoTo63 and < TwoTo63
            ? CelValue.Of((long)value.Number) : CelValue.Error(Arithmetic.Overflow),
        CelKind.Timestamp => CelValue.Of(value.Bits),
        CelKind.Duration => CelValue.Of(value.Bits / Durations.PerSecond),
        _ => long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed)
            ? CelValue.Of(parsed) : CelValue.Error("the text is no int"),
    };

    public static CelValue ToUint(in CelValue value) => value.Kind switch
    {
        CelKind.Uint => value,
        CelKind.Int => value.Bits < 0 ? CelValue.Error(Arithmetic.Overflow) : CelValue.Of(value.Unsigned),
        CelKind.Double => value.Number is > -1 and < 2 * TwoTo63
            ? CelValue.Of((ulong)value.Number) : CelValue.Error(Arithmetic.Overflow),
        _ => ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong parsed)
            ? CelValue.Of(parsed) : CelValue.Error("the text is no uint"),
    };

    public static CelValue ToDouble(in CelValue value) => value.Kind switch
    {
        CelKind.Double => value,
        CelKind.Int => CelValue.Of((double)value.Bits),
        CelKind.Uint => CelValue.Of((double)value.Unsigned),
        _ => double.TryParse(value.Text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite
            | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out double parsed)
            ? CelValue.Of(parsed) : CelValue.Error("the text is no double"),
    };

    public static CelValue ToBool(in CelValue value) => value.Kind == CelKind.Bool ? value : value.Text switch
    {
        "1" or "t" or "true" or "TRUE" or "True" => CelValue.True,
        "0" or "f" or "false" or "FALSE" or "False" => CelValue.False,
        _ => CelValue.Error("the text is no bool"),
    };

    public static CelValue ToText(in CelValue value)
    {
        if (value.Kind != CelKind.Bytes)
        {
            return value.Kind == CelKind.String ? value : CelValue.Of(Display.Of(value));
        }

        try
        {
            return CelValue.Of(Strict.GetString(value.Octets));
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Error("the bytes are no UTF-8");
        }
    }

    public static CelValue ToBytes(in CelValue value) =>
        value.Kind == CelKind.Bytes ? value : CelValue.Of(Encoding.UTF8.GetBytes(value.Text));

    public static CelValue ToTimestamp(in CelValue value) => value.Kind switch
    {
        CelKind.Timestamp => value,
        CelKind.Int => TimestampText.At(value.Bits, 0),
        _ => TimestampText.Parse(value.Text),
    };

    public static CelValue ToDuration(in CelValue value) => value.Kind switch
    {
        CelKind.Duration => value,
        CelKind.Int => Durations.At((Int128)value.Bits * Durations.PerSecond),
        _ => Durations.Parse(value.Text),
    };
}
