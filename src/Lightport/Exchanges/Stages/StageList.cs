using Lightport.Routing;

namespace Lightport.Exchanges.Stages;

/// <summary>The one list of stages, in the order of the journey.</summary>
internal sealed class StageList(IEnumerable<IStage> stages)
{
    private readonly IStage[] _stages = [.. stages.OrderBy(stage => stage.Step)];

    /// <summary>Those that this request's route wants.</summary>
    public StageRun For(Exchange exchange)
    {
        if (_stages.Length == 0)
        {
            return StageRun.None;
        }

        Route route = exchange.Route!;
        IStage[] wanted = [.. _stages.Where(stage => stage.IsWantedBy(route))];
        return wanted.Length == 0 ? StageRun.None : new StageRun(wanted, new StageContext(exchange));
    }
}
