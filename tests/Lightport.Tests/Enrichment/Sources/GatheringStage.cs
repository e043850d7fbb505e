using Lightport.Conversation;
using Lightport.Enrichment.Sources;
using Lightport.Exchanges.Stages;
using Lightport.Routing;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>Asks the sources of a route, and keeps what they gave.</summary>
internal sealed class GatheringStage(IContextSources sources) : IStage
{
    public StageStep Step => StageStep.Context;

    public AnswerInterest Interest => AnswerInterest.None;

    /// <summary>The pieces of each request.</summary>
    public List<IReadOnlyList<ContextPiece>> Gathered { get; } = [];

    public bool IsWantedBy(Route route) => route.Context.Count > 0;

    public async ValueTask<IReadOnlyList<StreamEvent>?> OnRequestAsync(
        StageContext context, CancellationToken cancellationToken)
    {
        bool isFirst = ((ChatRequest)context.Conversation).Messages.All(message => message.Role != Role.Assistant);
        Gathered.Add(await sources.GatherAsync(context, isFirst, cancellationToken));
        return null;
    }

    public IAnswerFilter? OnAnswer(StageContext context) => null;
}
