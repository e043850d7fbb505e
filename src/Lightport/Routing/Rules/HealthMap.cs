using Lightport.Cel;
using Lightport.Routing.State;

namespace Lightport.Routing.Rules;

/// <summary>What the calls to a model's targets have shown, by the name that requests ask for it by.</summary>
internal sealed class HealthMap(RoutingTable table, TargetStates states, bool stream) : CelMap
{
    public override int Count => table.ModelNames.Count;

    public override IEnumerable<CelValue> Keys => table.ModelNames.Select(CelValue.Of);

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        value = default;
        if (key.Kind != CelKind.String || TargetsOf(key.AsString()) is not { } targets)
        {
            return false;
        }

        value = CelValue.Of(new ModelHealth(targets, states, stream));
        return true;
    }

    private IReadOnlyList<Target>? TargetsOf(string name) =>
        RouteResolver.Find(table, name) is { } route ? route.Targets
            : RouteResolver.ParseTarget(table.Providers, name) is { } target ? target.AtAccounts()
            : null;
}
