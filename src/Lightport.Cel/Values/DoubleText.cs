using System.Globalization;
using System.Numerics;

namespace Lightport.Cel.Values;

/// <summary>Doubles as text.</summary>
internal static class DoubleText
{
    /// <summary>The shortest text that reads back as the same double.</summary>
    public static string Shortest(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <summary>With so many digits after the point, rounded to even by the exact binary value.</summary>
    public static string Fixed(double value, int digits)
    {
        if (!double.IsFinite(value))
        {
            return Shortest(value);
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52);
        BigInteger rounded = Rounded(mantissa * BigInteger.Pow(10, digits), Math.Max(exponent, 1) - 1075);
        string all = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        string sign = double.IsNegative(value) ? "-" : "";
        return digits == 0 ? sign + all : $"{sign}{all[..^digits]}.{all[^digits..]}";
    }

    /// <summary>One digit before the point, so many after it, and an exponent of two digits or more.</summary>
    public static string Scientific(double value, int digits) => !double.IsFinite(value)
        ? Shortest(value)
        : value.ToString(digits == 0 ? "0e+00" : $"0.{new string('0', digits)}e+00", CultureInfo.InvariantCulture);

    private static BigInteger Rounded(BigInteger value, int power)
    {
        if (power >= 0)
        {
            return value << power;
        }

        BigInteger whole = value >> -power;
        BigInteger twiceTheRest = (value - (whole << -power)) << 1;
        int side = twiceTheRest.CompareTo(BigInteger.One << -power);
        return side > 0 || (side == 0 && !whole.IsEven) ? whole + 1 : whole;
    }
}
