namespace Lightport.Cel;

/// <summary>A list of values, which never changes.</summary>
public sealed class CelList
{
    private readonly CelValue[] _items;

    internal CelList(CelValue[] items) => _items = items;

    public static CelList Empty { get; } = new([]);

    public int Count => _items.Length;

    public CelValue this[int index] => _items[index];

    internal ReadOnlySpan<CelValue> Span => _items;

    public static CelList Of(params IEnumerable<CelValue> items) => new([.. items]);

    public static CelList Of(params IEnumerable<string> items) => new([.. items.Select(CelValue.Of)]);
}
