using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges.Limits;
using Lightport.Routing;
using Lightport.Transport.Body;
using Lightport.Usage;

namespace Lightport.Exchanges.Stages;

/// <summary>What a stage may know of a request, and change in it.</summary>
public sealed class StageContext
{
    private readonly Exchange _exchange;

    internal StageContext(Exchange exchange) => _exchange = exchange;

    /// <summary>The gateway's id of the request, for logs.</summary>
    public string RequestId => _exchange.RequestId;

    public Caller Caller => _exchange.Caller!;

    /// <summary>
    /// The signed-in user's token, to be exchanged for another and never sent on; null where a key was shown.
    /// </summary>
    internal string? UserToken =>
        Caller.IsIdentity ? KeyReader.ReadHeaders(_exchange.Context.Request).ToString() : null;

    public Route Route => _exchange.Route!;

    /// <summary>The request's tokens are counted, and nothing is generated.</summary>
    public bool IsCount => _exchange.IsCount;

    /// <summary>It is a chat, or what becomes one, or the count of one.</summary>
    public bool IsChat => _exchange.IsChat;

    /// <summary>The client's own name for the field that its turns stand in; null where there are none.</summary>
    internal string? ContentField => _exchange.Served.ContentField;

    /// <summary>The client is told the gateway's runs of tools in an answer, and brings them back with it.</summary>
    public bool ShowsRuns => _exchange.Talks?.ShowsRuns == true;

    /// <summary>The client wants to be told of runs that its dialect has no words for.</summary>
    public bool TellsRuns => _exchange.Talks?.TellsRuns == true && TellHeader.Has(_exchange, TellHeader.Runs);

    /// <summary>The client can be asked whether a tool may be called.</summary>
    public bool AsksForApproval => _exchange.Talks?.AsksForApproval == true;

    /// <summary>The client is told that the answer, or the next turn, is without something.</summary>
    /// <param name="name">What it is, in a word.</param>
    public void Lose(string name) => _exchange.Answer.Losses.Add(name);

    /// <summary>The request goes on without something that its route has.</summary>
    /// <param name="name">Its path in the configuration.</param>
    /// <param name="reason">Why, in a word.</param>
    internal void LeaveOut(string name, string reason) => _exchange.LeftOut.Add(new LeftOut(name, reason));

    /// <summary>A tool is run from here on: whoever asks again would have it run again.</summary>
    internal void MarkRun() => _exchange.Runs.HaveBegun = true;

    /// <summary>
    /// Answers for a text that is gathered twice, in its pieces and as a whole, until the request is over.
    /// </summary>
    /// <exception cref="GatewayException">There is no memory for it just now.</exception>
    internal void TakeText(int characters)
    {
        try
        {
            _exchange.TakeText(2 * characters);
        }
        catch (BodyBudgetException e)
        {
            throw new GatewayException(BodyErrors.NoMemory(e));
        }
    }

    /// <summary>What the request has cost by now; null where something of it has no known price.</summary>
    internal decimal? Dollars
    {
        get
        {
            decimal? sum = _exchange.Runs.Costs.Dollars;
            foreach (Attempt attempt in _exchange.Attempts)
            {
                sum = attempt.Cost is { } cost ? sum + cost.Dollars : sum;
            }

            return sum;
        }
    }

    /// <summary>Who is asked, or was asked last.</summary>
    public Target Target => _exchange.Attempt?.Target ?? _exchange.Targets[0];

    /// <summary>Holds of budgets what runs of tools cost at most, before they are made.</summary>
    /// <param name="dollars">All of them together.</param>
    /// <exception cref="GatewayException">A budget refuses it.</exception>
    internal ValueTask<RunBill> HoldRunsAsync(decimal dollars, CancellationToken cancellationToken) =>
        RunBill.HoldAsync(_exchange, dollars, cancellationToken);

    /// <summary>From here on others are waited for, which is no time of the gateway's own.</summary>
    internal void BeginWait() => _exchange.Time.Enter(ExchangePhase.Pause);

    internal void EndWait() => _exchange.Time.Enter(ExchangePhase.Gateway);

    /// <summary>
    /// Makes an attempt's round, where the answer may go on when its source is over; null where it ends with that. The
    /// answer then travels as events.
    /// </summary>
    public Func<IAnswerRound>? Rounds { get; set; }

    /// <summary>All that is known of the request, for what a configuration's formulas read of it.</summary>
    internal Exchange Exchange => _exchange;

    /// <summary>
    /// What is asked for. Another in its place goes to the provider as events, whatever dialect it speaks.
    /// </summary>
    /// <exception cref="GatewayException">The request cannot be read as a conversation.</exception>
    public ModelRequest Conversation
    {
        get => _exchange.Conversation;
        set => _exchange.Conversation = value;
    }
}
