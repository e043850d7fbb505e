namespace Lightport.Cel.Values;

/// <summary>An optional value: there, or not.</summary>
internal sealed class Perhaps
{
    private readonly CelValue _value;

    private Perhaps(bool hasValue, CelValue value)
    {
        HasValue = hasValue;
        _value = value;
    }

    public static CelValue None { get; } = CelValue.Of(new Perhaps(false, CelValue.Null));

    public bool HasValue { get; }

    public CelValue Value => HasValue ? _value : CelValue.Error("optional.none() has no value");

    public static CelValue Of(CelValue value) => CelValue.Of(new Perhaps(true, value));

    /// <summary>None for what is null, zero or empty.</summary>
    public static CelValue OfNonZero(CelValue value) => IsZero(value) ? None : Of(value);

    private static bool IsZero(CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Duration => value.Bits == 0,
        CelKind.Double => value.Number == 0,
        CelKind.String => value.Text.Length == 0,
        CelKind.Bytes => value.Octets.Length == 0,
        CelKind.List => value.Items.Count == 0,
        CelKind.Map => value.Entries.Count == 0,
        CelKind.Timestamp => value is { Bits: 0, Nanoseconds: 0 },
        CelKind.Optional => !value.Inside.HasValue,
        _ => false,
    };
}
