using Lightport.Routing;

namespace Lightport.Exchanges.Stages;

/// <summary>The one list of stages, in the order of the journey.</summary>
internal sealed class StageList(IEnumerable<IStage> stages)
{
    private readonly IStage[] _stages = [.. stages.OrderBy(stage => stage.Step)];

    /// <summary>Those that this request, or its route, wants.</summary>
    public StageRun For(Exchange exchange)
    {
        Route route = exchange.Route!;
        List<IStage>? wanted = null;
        foreach (IStage stage in _stages)
        {
            if (stage.IsWantedBy(route)
                || (stage.TakesToolsets(route) && exchange.Served.NamesToolsets(exchange.Request)))
            {
                (wanted ??= []).Add(stage);
            }
        }

        return wanted is null ? StageRun.None : new StageRun(wanted, new StageContext(exchange));
    }
}
