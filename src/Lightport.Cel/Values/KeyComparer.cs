namespace Lightport.Cel.Values;

/// <summary>Keys of maps: texts, booleans, whole numbers (<c>1</c>, <c>1u</c> and <c>1.0</c> are one).</summary>
internal sealed class KeyComparer : IEqualityComparer<CelValue>
{
    public static KeyComparer Instance { get; } = new();

    /// <summary>Whether a map may have it as a key.</summary>
    public static bool IsKey(in CelValue value) =>
        value.Kind is CelKind.String or CelKind.Bool or CelKind.Int or CelKind.Uint;

    /// <summary>The one form of a whole number; what can be no key stays as it is and is found in no map.</summary>
    public static CelValue Canonical(in CelValue key) => key.Kind switch
    {
        CelKind.Uint when key.Bits >= 0 => CelValue.Of(key.Bits),
        CelKind.Double when Conversions.ToInt(key) is { IsError: false } whole && whole.Bits == key.Number => whole,
        CelKind.Double when Conversions.ToUint(key) is { IsError: false } whole && whole.Unsigned == key.Number =>
            whole,
        _ => key,
    };

    public bool Equals(CelValue x, CelValue y) =>
        x.Kind == y.Kind && (x.Kind == CelKind.String ? x.Text == y.Text : x.Bits == y.Bits);

    public int GetHashCode(CelValue obj) =>
        obj.Kind == CelKind.String ? string.GetHashCode(obj.Text, StringComparison.Ordinal) : obj.Bits.GetHashCode();
}
