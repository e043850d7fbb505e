namespace Lightport.Cel.Values;

/// <summary>A map that an expression made, in the order in which it was filled.</summary>
internal sealed class KeyedMap : CelMap
{
    private readonly Dictionary<CelValue, CelValue> _values = new(KeyComparer.Instance);

    /// <summary>As they were written: <c>1u</c> stays one.</summary>
    private readonly List<CelValue> _keys = [];

    public override int Count => _keys.Count;

    public override IEnumerable<CelValue> Keys => _keys;

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        CelValue canonical = KeyComparer.Canonical(key);
        value = default;
        return KeyComparer.IsKey(canonical) && _values.TryGetValue(canonical, out value);
    }

    /// <returns>Whether no entry had the key yet.</returns>
    public bool TryAdd(in CelValue key, in CelValue value)
    {
        if (!_values.TryAdd(KeyComparer.Canonical(key), value))
        {
            return false;
        }

        _keys.Add(key);
        return true;
    }

    /// <summary>Adds an entry that an expression asks for.</summary>
    /// <returns>What is wrong with it; null where it was added.</returns>
    public CelValue? Refuse(in CelValue key, in CelValue value)
    {
        if (key.IsError)
        {
            return key;
        }

        if (value.IsError)
        {
            return value;
        }

        return !KeyComparer.IsKey(key) ? CelValue.Error($"a map has no keys of the kind {Display.KindName(key)}")
            : !TryAdd(key, value) ? CelValue.Error("a map has one key twice")
            : null;
    }
}
