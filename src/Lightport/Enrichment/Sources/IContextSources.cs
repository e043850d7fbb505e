using Lightport.Exchanges.Stages;

namespace Lightport.Enrichment.Sources;

/// <summary>Asks the sources of a route for what they have to say, all at once.</summary>
internal interface IContextSources
{
    /// <param name="isFirstTurn">The conversation begins: those for the system's words are asked too.</param>
    /// <returns>In the order of the route's sources; without those that do not apply, or failed and are open.</returns>
    /// <exception cref="Conversation.GatewayException">A source failed that is closed on failure.</exception>
    ValueTask<IReadOnlyList<ContextPiece>> GatherAsync(
        StageContext context, bool isFirstTurn, CancellationToken cancellationToken);
}
