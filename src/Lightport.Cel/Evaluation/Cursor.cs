using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary>Goes over a list or the keys of a map.</summary>
internal struct Cursor
{
    private readonly CelList? _list;
    private readonly CelMap? _map;
    private readonly IEnumerator<CelValue>? _keys;
    private int _index = -1;

    private Cursor(CelList list) => _list = list;

    private Cursor(CelMap map) => (_map, _keys) = (map, map.Keys.GetEnumerator());

    /// <summary>An element's index, or a key.</summary>
    public readonly CelValue Key => _list is null ? _keys!.Current : CelValue.Of((long)_index);

    /// <summary>An element, or the value of a key.</summary>
    public readonly CelValue Value => _list is not null ? _list[_index]
        : _map!.TryGet(_keys!.Current, out CelValue value) ? value
        : Failure.NoKey(Key.ToString());

    /// <summary>What a macro's only variable stands for: an element, or a key.</summary>
    public readonly CelValue Only => _list is not null ? _list[_index] : _keys!.Current;

    /// <returns>The error where the value cannot be gone over; null where it can.</returns>
    public static CelValue? TryOver(in CelValue range, out Cursor cursor)
    {
        cursor = range.Kind switch
        {
            CelKind.List => new Cursor(range.Items),
            CelKind.Map => new Cursor(range.Entries),
            _ => default,
        };
        return range.IsError ? range
            : cursor._list is null && cursor._map is null
                ? CelValue.Error($"only a list or a map can be gone over, not a {Display.KindName(range)}")
            : null;
    }

    public bool MoveNext()
    {
        _index++;
        return _list is not null ? _index < _list.Count : _keys!.MoveNext();
    }
}
