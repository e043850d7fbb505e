namespace Lightport.Exchanges.Limits;

/// <summary>
/// What runs of tools cost: held of budgets before they begin, counted as they are made, settled when they are over.
/// </summary>
/// <param name="held">What is held for them; nothing where no budget is met.</param>
internal sealed class RunBill(Exchange exchange, HoldList held) : IDisposable
{
    private readonly Lock _lock = new();
    private decimal _dollars;

    /// <summary>Holds of the request's budgets what runs of tools cost at most.</summary>
    /// <param name="dollars">All of them together.</param>
    /// <exception cref="Conversation.GatewayException">A budget refuses it.</exception>
    public static async ValueTask<RunBill> HoldAsync(
        Exchange exchange, decimal dollars, CancellationToken cancellationToken) => new(
        exchange,
        dollars > 0 && exchange.Limits is { } limits
            ? await limits.HoldRunsAsync(dollars, cancellationToken).ConfigureAwait(false)
            : new HoldList());

    /// <summary>A run was made, or may have been.</summary>
    public void Add(decimal dollars)
    {
        exchange.Runs.Add(dollars);
        lock (_lock)
        {
            _dollars += dollars;
        }
    }

    public void Dispose()
    {
        long used = NanoDollars.Of(_dollars);
        for (int i = 0; i < held.All.Count; i++)
        {
            held.Settle(i, used);
        }
    }
}
