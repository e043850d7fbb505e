using System.Collections.Concurrent;

namespace Lightport.Routing;

/// <summary>
/// Routes that were derived from a name (wildcard, <c>provider/model</c>), so that the next request makes none.
/// Bounded, because clients choose the names: full, it starts anew.
/// </summary>
internal sealed class RouteCache
{
    public const int Capacity = 1024;
    public const int LongestModel = 256;

    private readonly ConcurrentDictionary<Key, Route> _routes = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public Route? Find(string? provider, string model) => _routes.GetValueOrDefault(new Key(provider, model));

    public Route Add(string? provider, string model, Route route)
    {
        if (model.Length > LongestModel)
        {
            return route;
        }

        if (Count >= Capacity)
        {
            _routes.Clear();
            Volatile.Write(ref _count, 0);
        }

        if (_routes.TryAdd(new Key(provider, model), route))
        {
            Interlocked.Increment(ref _count);
        }

        return route;
    }

    private readonly record struct Key(string? Provider, string Model);
}
