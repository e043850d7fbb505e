using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Lightport.Routing;

namespace Lightport.Tests.Exchanges.Stages;

/// <summary>Lets an answer go on until it has had so many rounds, and tells a part between two of them.</summary>
internal sealed class RoundStage(int rounds) : IStage
{
    private int _left = rounds;
    private int _over;

    public StageStep Step => StageStep.Context;

    public AnswerInterest Interest => AnswerInterest.None;

    /// <summary>What a round does when its source is over.</summary>
    public Func<CancellationToken, Task> Between { get; init; } = _ => Task.CompletedTask;

    public bool IsWantedBy(Route route) => true;

    public ValueTask<IReadOnlyList<StreamEvent>?> OnRequestAsync(
        StageContext context, CancellationToken cancellationToken)
    {
        context.Rounds = () => new Round(this, context);
        return new((IReadOnlyList<StreamEvent>?)null);
    }

    public IAnswerFilter? OnAnswer(StageContext context) => null;

    private sealed class Round(RoundStage stage, StageContext context) : IAnswerRound
    {
        private readonly List<StreamEvent> _end = [];

        public void Filter(StreamEvent streamEvent, List<StreamEvent> passed) =>
            (streamEvent is StreamEvent.ResponseEnd or StreamEvent.UsageKnown ? _end : passed).Add(streamEvent);

        public void Complete(List<StreamEvent> passed)
        {
        }

        public async ValueTask<IReadOnlyList<StreamEvent>?> EndAsync(
            IAnswerListener client, CancellationToken cancellationToken)
        {
            await stage.Between(cancellationToken);
            stage._over++;
            if (--stage._left == 0)
            {
                return _end;
            }

            await client.TellAsync(new TextPart("(between)"), cancellationToken);
            var chat = (ChatRequest)context.Conversation;
            Message added = new(Role.User, [new TextPart($"Round {stage._over}.")]);
            context.Conversation = chat with { Messages = [.. chat.Messages, added] };
            return null;
        }
    }
}
