using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Exchanges.Stages;

/// <summary>
/// A step around transport (a guard, a cache, context, a limit). It knows the conversation and never a dialect.
/// </summary>
public interface IStage
{
    StageStep Step { get; }

    /// <summary>What it wants of the answers of routes that want it.</summary>
    AnswerInterest Interest { get; }

    /// <summary>Whether a route asks for it; one that does not pays nothing.</summary>
    bool IsWantedBy(Route route);

    /// <summary>
    /// Requests of the route's that name MCP servers, or bring back what was told of their tools, are its affair though
    /// the route does not want it.
    /// </summary>
    bool TakesToolsets(Route route) => false;

    /// <summary>
    /// May refuse by throwing, change the conversation by <see cref="StageContext.Conversation"/> (only what stands at
    /// its end: what came before must stay as it was), or answer by itself.
    /// </summary>
    /// <returns>The whole answer as events; null where the request goes on.</returns>
    /// <exception cref="GatewayException">The request is refused.</exception>
    ValueTask<IReadOnlyList<StreamEvent>?> OnRequestAsync(StageContext context, CancellationToken cancellationToken);

    /// <summary>Looks at the answer of one attempt, or changes it; null where it has no interest in this one.</summary>
    IAnswerFilter? OnAnswer(StageContext context);
}
