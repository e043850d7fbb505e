using Lightport.Exchanges.Stages;
using Lightport.Mcp;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Sources;

/// <summary>Asks the sources of a route, all at once, each for as long as it may take.</summary>
internal sealed class ContextSources(ContextPlanner planner, SourceReader reader, ILogger<ContextSources> logger)
    : IContextSources
{
    public async ValueTask<IReadOnlyList<ContextPiece>> GatherAsync(
        StageContext context, bool isFirstTurn, CancellationToken cancellationToken)
    {
        var caller = new McpCaller(context.Caller.KeyId ?? context.Caller.Name, context.RequestId)
        {
            UserToken = context.UserToken,
        };
        IReadOnlyList<SourcePlan> plans = planner.Plan(context.Exchange, caller, isFirstTurn);
        if (plans.Count == 0)
        {
            return [];
        }

        ContextPiece?[] pieces = await Task.WhenAll(
            plans.Select(plan => ReadAsync(plan, context, cancellationToken))).ConfigureAwait(false);
        return [.. pieces.OfType<ContextPiece>()];
    }

    /// <returns>Null where it has nothing to say, or failed and is open.</returns>
    private async Task<ContextPiece?> ReadAsync(
        SourcePlan plan, StageContext context, CancellationToken cancellationToken)
    {
        ContextSource source = plan.Source;
        try
        {
            string text = plan.Problem is { } problem
                ? throw SourceFailure.NotEvaluated(problem)
                : await reader.ReadAsync(plan, cancellationToken).ConfigureAwait(false);
            return SourceText.Piece(source, text);
        }
        catch (SourceException e)
        {
            SourceFailure.Take(context, plan, e, logger);
            return null;
        }
    }
}
