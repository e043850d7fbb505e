using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Lightport.Tests.Exchanges.Trace;

/// <summary>
/// How a request went through the gateway's types: the call stack at each of its edges (the client's body is read, the
/// secret is fetched, the provider is called and read, the client's bytes are written).
/// </summary>
internal sealed class RecordedTrace
{
    private readonly List<Type[]> _paths = [];

    /// <summary>Each path from the host inwards, a type standing once where it calls itself.</summary>
    public IReadOnlyList<Type[]> Paths => _paths;

    /// <summary>Every step from one type to another, once.</summary>
    public IReadOnlyCollection<(Type From, Type To)> Hops =>
        [.. _paths.SelectMany(path => path.Zip(path.Skip(1))).Distinct()];

    /// <summary>Steps that lead into a room from outside it, once each.</summary>
    public IReadOnlyCollection<(Type From, Type To)> EntriesInto(string room) =>
        [.. Hops.Where(hop => IsIn(hop.To, room) && !IsIn(hop.From, room))];

    public void Add()
    {
        var path = new List<Type>();
        foreach (StackFrame frame in new StackTrace().GetFrames().Reverse())
        {
            Type? type = Written(frame.GetMethod()?.DeclaringType);
            if (type?.Assembly == typeof(Gateway).Assembly && (path.Count == 0 || path[^1] != type))
            {
                path.Add(type);
            }
        }

        _paths.Add([.. path]);
    }

    /// <summary>The type as it stands in the source: a state machine or a closure is its method's.</summary>
    private static Type? Written(Type? type)
    {
        while (type is { DeclaringType: { } outer } && type.IsDefined(typeof(CompilerGeneratedAttribute), false))
        {
            type = outer;
        }

        return type;
    }

    private static bool IsIn(Type type, string room) =>
        type.Namespace == $"Lightport.{room}"
        || type.Namespace?.StartsWith($"Lightport.{room}.", StringComparison.Ordinal) == true;
}
