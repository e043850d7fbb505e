using System.Collections.Frozen;
using Lightport.Configuration;
using Lightport.Routing;

namespace Lightport.Composition;

/// <summary>
/// The names of models that the configuration in force has, on either side: what clients may ask for, and what its
/// targets are called at their providers. Looked up anew where another configuration has come.
/// </summary>
internal sealed class GatewayModelNames(IGatewayConfigurationSource configuration)
{
    private Known _known = new(null, FrozenSet<string>.Empty);

    public bool Contains(string name)
    {
        RoutingTable? inForce = configuration.InForce?.Routing;
        Known known = Volatile.Read(ref _known);
        if (!ReferenceEquals(known.Of, inForce))
        {
            known = new Known(inForce, Names(inForce));
            Volatile.Write(ref _known, known);
        }

        return known.Names.Contains(name);
    }

    private static FrozenSet<string> Names(RoutingTable? table) => table is null
        ? []
        : table.Models.Values
            .SelectMany(route => route.Targets.Select(target => target.Model).Append(route.Name))
            .ToFrozenSet(StringComparer.Ordinal);

    private sealed record Known(RoutingTable? Of, FrozenSet<string> Names);
}
