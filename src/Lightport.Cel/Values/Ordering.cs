namespace Lightport.Cel.Values;

/// <summary>Which of two values comes first. Numbers of different kinds are compared by what they are worth.</summary>
internal static class Ordering
{
    /// <summary>What <see cref="Of"/> says of a pair that has no order, as NaN has none.</summary>
    public const int Unordered = 2;

    public static bool AreNumbers(in CelValue left, in CelValue right) => IsNumber(left) && IsNumber(right);

    public static bool IsNumber(in CelValue value) => value.Kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    /// <returns>Below 0, 0, above 0 or <see cref="Unordered"/>; null where there is no such comparison.</returns>
    public static int? Of(in CelValue left, in CelValue right) =>
        AreNumbers(left, right) ? OfNumbers(left, right)
        : left.Kind != right.Kind ? null
        : left.Kind switch
        {
            CelKind.Bool or CelKind.Duration => Math.Sign(left.Bits.CompareTo(right.Bits)),
            CelKind.String => OfTexts(left.Text, right.Text),
            CelKind.Bytes => Math.Sign(left.Octets.AsSpan().SequenceCompareTo(right.Octets)),
            CelKind.Timestamp => left.Bits != right.Bits ? Math.Sign(left.Bits.CompareTo(right.Bits))
                : Math.Sign(left.Nanoseconds.CompareTo(right.Nanoseconds)),
            _ => null,
        };

    /// <param name="left">A number, as is the other.</param>
    public static int OfNumbers(in CelValue left, in CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => left.Bits.CompareTo(right.Bits),
        (CelKind.Uint, CelKind.Uint) => left.Unsigned.CompareTo(right.Unsigned),
        (CelKind.Int, CelKind.Uint) => left.Bits < 0 ? -1 : ((ulong)left.Bits).CompareTo(right.Unsigned),
        (CelKind.Uint, CelKind.Int) => right.Bits < 0 ? 1 : left.Unsigned.CompareTo((ulong)right.Bits),
        (CelKind.Double, CelKind.Double) => OfDoubles(left.Number, right.Number),
        (CelKind.Double, _) => OfDoubleAndWhole(left.Number, right),
        _ => OfDoubleAndWhole(right.Number, left) is var reverse && reverse == Unordered ? Unordered : -reverse,
    };

    private static int OfDoubles(double left, double right) =>
        left < right ? -1 : left > right ? 1 : left == right ? 0 : Unordered;

    /// <summary>
    /// As doubles, as the language has it: the greatest int and 2^63 are the same there.
    /// </summary>
    private static int OfDoubleAndWhole(double number, in CelValue whole) => whole.Kind == CelKind.Int
        ? OfDoubles(number, whole.Bits)
        : OfDoubles(number, whole.Unsigned);

    /// <summary>By code points: UTF-16 would put what lies beyond U+FFFF before U+E000.</summary>
    private static int OfTexts(string left, string right)
    {
        int common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        (char first, char second) = (left[common], right[common]);
        bool isFirstBeyond = char.IsSurrogate(first);
        return isFirstBeyond == char.IsSurrogate(second) ? first.CompareTo(second) : isFirstBeyond ? 1 : -1;
    }
}
