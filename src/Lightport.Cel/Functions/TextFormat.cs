using System.Globalization;
using System.Text;
using Lightport.Cel.Values;

namespace Lightport.Cel.Functions;

/// <summary><c>'%s costs %.2f'.format([name, price])</c>.</summary>
internal sealed class TextFormat(string format, CelList arguments, CelMeter meter)
{
    private const int DefaultPrecision = 6;
    private const int HighestPrecision = 300;

    private readonly StringBuilder _text = new();

    public CelValue Write()
    {
        int next = 0;
        int at = 0;
        while (at < format.Length)
        {
            if (format[at] != '%')
            {
                int end = format.IndexOf('%', at) is var found && found < 0 ? format.Length : found;
                _text.Append(format, at, end - at);
                at = end;
                continue;
            }

            at++;
            if (at < format.Length && format[at] == '%')
            {
                _text.Append('%');
                at++;
                continue;
            }

            if (ReadPrecision(ref at) is not { } precision || at >= format.Length)
            {
                return CelValue.Error("a format's % is followed by a clause: %s, %d, %.2f, %e, %b, %o, %x, %X or %%");
            }

            if (next >= arguments.Count)
            {
                return CelValue.Error($"index {next} out of range: the format has more clauses than arguments");
            }

            CelValue argument = arguments[next++];
            if (Clause(format[at++], precision, argument) is not { } made)
            {
                return CelValue.Error(
                    $"the format's clause %{format[at - 1]} takes no {Display.KindName(argument)}");
            }

            if (!meter.SpendText(made.Length))
            {
                return meter.Refusal();
            }

            _text.Append(made);
        }

        return meter.Stopped is null ? CelValue.Of(_text.ToString()) : meter.Refusal();
    }

    private int? ReadPrecision(ref int at)
    {
        if (at >= format.Length || format[at] != '.')
        {
            return DefaultPrecision;
        }

        int begin = ++at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
        {
            at++;
        }

        ReadOnlySpan<char> text = format.AsSpan(begin, at - begin);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int digits)
            && digits <= HighestPrecision ? digits : null;
    }

    /// <returns>Null where there is no such clause, or it does not take the argument.</returns>
    private string? Clause(char clause, int precision, in CelValue argument) => (clause, argument.Kind) switch
    {
        ('s', _) => Shown(argument),
        ('d', CelKind.Int or CelKind.Uint) => Display.Of(argument),
        ('d', CelKind.Double) when !double.IsFinite(argument.Number) => Display.Of(argument),
        ('f', CelKind.Double) => DoubleText.Fixed(argument.Number, precision),
        ('e', CelKind.Double) => DoubleText.Scientific(argument.Number, precision),
        ('b', CelKind.Bool) => argument.IsTrue ? "1" : "0",
        ('b' or 'o' or 'x' or 'X', CelKind.Int) => InBase(clause, argument.Bits < 0, Magnitude(argument.Bits)),
        ('b' or 'o' or 'x' or 'X', CelKind.Uint) => InBase(clause, false, argument.Unsigned),
        ('x' or 'X', CelKind.String) => Octets(clause, Encoding.UTF8.GetBytes(argument.Text)),
        ('x' or 'X', CelKind.Bytes) => Octets(clause, argument.Octets),
        _ => null,
    };

    private string Shown(in CelValue argument)
    {
        StringBuilder shown = new();
        Display.Write(shown, argument, meter);
        return shown.ToString();
    }

    private static ulong Magnitude(long value) => value < 0 ? 0UL - (ulong)value : (ulong)value;

    private static string InBase(char clause, bool isNegative, ulong value)
    {
        string digits = clause switch
        {
            'b' => value.ToString("b", CultureInfo.InvariantCulture),
            'o' => Convert.ToString((long)value, 8),
            'x' => value.ToString("x", CultureInfo.InvariantCulture),
            _ => value.ToString("X", CultureInfo.InvariantCulture),
        };
        return isNegative ? $"-{digits}" : digits;
    }

    private static string Octets(char clause, byte[] octets) =>
        clause == 'x' ? Convert.ToHexStringLower(octets) : Convert.ToHexString(octets);
}
