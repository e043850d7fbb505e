using Lightport.Conversation;

namespace Lightport.Exchanges.Stages;

/// <summary>The stages of one request.</summary>
internal sealed class StageRun(IReadOnlyList<IStage> stages, StageContext? context)
{
    /// <summary>A route without stages pays nothing.</summary>
    public static StageRun None { get; } = new([], null);

    private readonly bool _changesAnswer = stages.Any(stage => stage.Interest == AnswerInterest.Changes);

    /// <summary>The answer must travel as events.</summary>
    public bool ChangesAnswer => _changesAnswer || context?.Rounds is not null;

    /// <summary>Events are read, also where bytes pass.</summary>
    public bool LooksAtAnswer { get; } = stages.Any(stage => stage.Interest != AnswerInterest.None);

    /// <summary>Sends the request through them.</summary>
    /// <returns>The answer of one that gave it; null where the request goes on.</returns>
    /// <exception cref="GatewayException">One of them refused.</exception>
    public async ValueTask<IReadOnlyList<StreamEvent>?> RunAsync(CancellationToken cancellationToken)
    {
        foreach (IStage stage in stages)
        {
            if (await stage.OnRequestAsync(context!, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    /// <summary>An attempt's share of an answer that may go on from another; null where it ends with one.</summary>
    public IAnswerRound? CreateRound() => context?.Rounds?.Invoke();

    /// <summary>New for each attempt, for they keep state.</summary>
    public IReadOnlyList<IAnswerFilter> CreateFilters()
    {
        if (stages.Count == 0)
        {
            return [];
        }

        var filters = new List<IAnswerFilter>(stages.Count);
        foreach (IStage stage in stages)
        {
            if (stage.OnAnswer(context!) is { } filter)
            {
                filters.Add(filter);
            }
        }

        return filters;
    }
}
