using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Routing;

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

    /// <summary>The client is told the gateway's runs of tools in an answer, and brings them back with it.</summary>
    public bool ShowsRuns => _exchange.Talks?.ShowsRuns == true;

    /// <summary>The client can be asked whether a tool may be called.</summary>
    public bool AsksForApproval => _exchange.Talks?.AsksForApproval == true;

    /// <summary>The client is told that the answer, or the next turn, is without something.</summary>
    /// <param name="name">What it is, in a word.</param>
    public void Lose(string name) => _exchange.Answer.Losses.Add(name);

    /// <summary>A tool is run from here on: whoever asks again would have it run again.</summary>
    internal void MarkRun() => _exchange.HasRunTools = true;

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
