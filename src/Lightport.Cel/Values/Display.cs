using System.Globalization;
using System.Text;

namespace Lightport.Cel.Values;

/// <summary>Values as text, as <c>string()</c> and <c>%s</c> write them.</summary>
internal static class Display
{
    /// <summary>Beyond this much text the rest is left out: an explanation is read by people.</summary>
    private const int Longest = 10_000;

    /// <summary>The type that <c>type(…)</c> gives.</summary>
    public static CelType TypeOf(in CelValue value) => value.Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        CelKind.Timestamp => CelType.Timestamp,
        CelKind.Duration => CelType.Duration,
        CelKind.List => CelType.List(CelType.Dyn),
        CelKind.Map => CelType.Map(CelType.Dyn, CelType.Dyn),
        CelKind.Type => CelType.Type,
        CelKind.Optional => CelType.Optional(CelType.Dyn),
        CelKind.Object => CelType.Opaque("object"),
        _ => CelType.Error,
    };

    public static string KindName(in CelValue value) => TypeOf(value).Name;

    public static string Of(in CelValue value)
    {
        StringBuilder text = new();
        Write(text, value, new CelMeter(Longest));
        return text.ToString();
    }

    /// <summary>Appends the value's text, as far as the meter lets it.</summary>
    public static void Write(StringBuilder text, in CelValue value, CelMeter meter)
    {
        switch (value.Kind)
        {
            case CelKind.List:
                WriteList(text, value.Items, meter);
                break;
            case CelKind.Map:
                WriteMap(text, value.Entries, meter);
                break;
            case CelKind.Optional when value.Inside.HasValue:
                text.Append("optional.of(");
                Write(text, value.Inside.Value, meter);
                text.Append(')');
                break;
            default:
                string scalar = Scalar(value);
                if (meter.SpendText(scalar.Length))
                {
                    text.Append(scalar);
                }

                break;
        }
    }

    private static string Scalar(in CelValue value) => value.Kind switch
    {
        CelKind.Null => "null",
        CelKind.Bool => value.IsTrue ? "true" : "false",
        CelKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.Unsigned.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => DoubleText.Shortest(value.Number),
        CelKind.Bytes => Encoding.UTF8.GetString(value.Octets),
        CelKind.Timestamp => TimestampText.Of(value),
        CelKind.Duration => Durations.Of(value),
        CelKind.Type => value.Named.Name,
        CelKind.Optional => "optional.none()",
        CelKind.Object => "object",
        _ => value.Text,
    };

    private static void WriteList(StringBuilder text, CelList list, CelMeter meter)
    {
        text.Append('[');
        for (int index = 0; index < list.Count && meter.Spend(1); index++)
        {
            text.Append(index == 0 ? "" : ", ");
            Write(text, list[index], meter);
        }

        text.Append(']');
    }

    /// <summary>By key, in the order of the keys' texts.</summary>
    private static void WriteMap(StringBuilder text, CelMap map, CelMeter meter)
    {
        SortedDictionary<string, CelValue> entries = new(StringComparer.Ordinal);
        foreach (CelValue key in map.Keys)
        {
            if (map.TryGet(key, out CelValue value) && meter.Spend(1))
            {
                entries[Scalar(key)] = value;
            }
        }

        text.Append('{');
        string separator = "";
        foreach ((string key, CelValue value) in entries)
        {
            text.Append(separator).Append(key).Append(": ");
            Write(text, value, meter);
            separator = ", ";
        }

        text.Append('}');
    }
}
