namespace Lightport.Cel.Values;

/// <summary>When two values are the same: numbers by what they are worth, all else only within its kind.</summary>
internal static class Equality
{
    /// <summary>False where they differ; an error where one is, or where the comparison costs too much.</summary>
    public static CelValue Compare(in CelValue left, in CelValue right, CelMeter meter) =>
        left.IsError ? left
        : right.IsError ? right
        : AreEqual(left, right, meter) ? CelValue.True
        : CelValue.False;

    public static bool AreEqual(in CelValue left, in CelValue right, CelMeter meter) => left.Kind == right.Kind
        ? AreEqualOfOneKind(left, right, meter)
        : Ordering.AreNumbers(left, right) && Ordering.OfNumbers(left, right) == 0;

    private static bool AreEqualOfOneKind(in CelValue left, in CelValue right, CelMeter meter) => left.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Duration => left.Bits == right.Bits,
        CelKind.Timestamp => left.Bits == right.Bits && left.Nanoseconds == right.Nanoseconds,
        CelKind.Double => left.Number == right.Number,
        CelKind.String => left.Text == right.Text,
        CelKind.Bytes => left.Octets.AsSpan().SequenceEqual(right.Octets),
        CelKind.List => AreEqual(left.Items, right.Items, meter),
        CelKind.Map => AreEqual(left.Entries, right.Entries, meter),
        CelKind.Object => left.Host.Equals(right.Host),
        CelKind.Type => left.Named.Name == right.Named.Name,
        CelKind.Optional => left.Inside.HasValue == right.Inside.HasValue
            && (!left.Inside.HasValue || AreEqual(left.Inside.Value, right.Inside.Value, meter)),
        _ => false,
    };

    private static bool AreEqual(CelList left, CelList right, CelMeter meter)
    {
        if (left.Count != right.Count || !meter.Spend(1 + left.Count))
        {
            return false;
        }

        for (int index = 0; index < left.Count; index++)
        {
            if (!AreEqual(left[index], right[index], meter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEqual(CelMap left, CelMap right, CelMeter meter)
    {
        if (left.Count != right.Count || !meter.Spend(1 + left.Count))
        {
            return false;
        }

        foreach (CelValue key in left.Keys)
        {
            if (!left.TryGet(key, out CelValue mine) || !right.TryGet(key, out CelValue other)
                || !AreEqual(mine, other, meter))
            {
                return false;
            }
        }

        return true;
    }
}
