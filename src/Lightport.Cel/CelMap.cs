using Lightport.Cel.Values;

namespace Lightport.Cel;

/// <summary>Values by key. A host may give its own, which looks keys up where they lie.</summary>
public abstract class CelMap
{
    public static CelMap Empty { get; } = new KeyedMap();

    public abstract int Count { get; }

    /// <summary>The keys in their order.</summary>
    public abstract IEnumerable<CelValue> Keys { get; }

    /// <param name="key">A text, a boolean or a whole number, of which <c>1</c>, <c>1u</c> and <c>1.0</c> are the
    /// same key.</param>
    public abstract bool TryGet(in CelValue key, out CelValue value);

    /// <exception cref="ArgumentException">Two entries have one key.</exception>
    public static CelMap Of(IEnumerable<KeyValuePair<string, CelValue>> entries)
    {
        KeyedMap map = new();
        foreach ((string key, CelValue value) in entries)
        {
            if (!map.TryAdd(CelValue.Of(key), value))
            {
                throw new ArgumentException($"The key '{key}' stands there twice.", nameof(entries));
            }
        }

        return map;
    }
}
