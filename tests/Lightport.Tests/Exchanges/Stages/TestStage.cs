using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Lightport.Routing;

namespace Lightport.Tests.Exchanges.Stages;

/// <summary>A stage that does what its test says, for every route but those it is kept from.</summary>
internal sealed class TestStage : IStage, IAnswerFilter
{
    public StageStep Step { get; init; } = StageStep.Guards;

    public AnswerInterest Interest { get; init; }

    public Func<Route, bool> Wanted { get; init; } = _ => true;

    public Func<StageContext, IReadOnlyList<StreamEvent>?> Request { get; init; } = _ => null;

    /// <summary>What an event of an answer becomes.</summary>
    public Func<StreamEvent, StreamEvent> Change { get; init; } = streamEvent => streamEvent;

    /// <summary>Every event that was seen.</summary>
    public List<StreamEvent> Seen { get; } = [];

    public int Completed { get; private set; }

    public string SeenText => string.Concat(Seen.OfType<StreamEvent.TextDelta>().Select(text => text.Text));

    public bool IsWantedBy(Route route) => Wanted(route);

    public ValueTask<IReadOnlyList<StreamEvent>?> OnRequestAsync(
        StageContext context, CancellationToken cancellationToken) => new(Request(context));

    public IAnswerFilter? OnAnswer(StageContext context) => Interest == AnswerInterest.None ? null : this;

    public void Filter(StreamEvent streamEvent, List<StreamEvent> passed)
    {
        Seen.Add(streamEvent);
        passed.Add(Change(streamEvent));
    }

    public void Complete(List<StreamEvent> passed) => Completed++;
}
