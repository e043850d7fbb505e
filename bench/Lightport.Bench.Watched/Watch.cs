using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Route = Lightport.Routing.Route;

namespace Lightport.Bench.Watched;

/// <summary>Looks at every answer and lets it be, so that bytes pass while events are read beside them.</summary>
internal sealed class Watch : IStage
{
    public StageStep Step => StageStep.Guards;

    public AnswerInterest Interest => AnswerInterest.Looks;

    public bool IsWantedBy(Route route) => true;

    public ValueTask<IReadOnlyList<StreamEvent>?> OnRequestAsync(
        StageContext context, CancellationToken cancellationToken) => new((IReadOnlyList<StreamEvent>?)null);

    public IAnswerFilter OnAnswer(StageContext context) => new WatchedAnswer();
}
