using Lightport.Enrichment.Sources;
using Lightport.Exchanges.Stages;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>Asks the sources of a route, and keeps what they gave.</summary>
internal sealed class GatheredSources(IContextSources sources) : IContextSources
{
    /// <summary>The pieces of each request.</summary>
    public List<IReadOnlyList<ContextPiece>> Gathered { get; } = [];

    public async ValueTask<IReadOnlyList<ContextPiece>> GatherAsync(
        StageContext context, bool isFirstTurn, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContextPiece> pieces = await sources.GatherAsync(context, isFirstTurn, cancellationToken);
        Gathered.Add(pieces);
        return pieces;
    }
}
