namespace Lightport.Exchanges.Limits;

/// <summary>
/// What runs of tools cost: held of budgets before they begin, counted as they are made, settled when they are over.
/// </summary>
/// <param name="held">What is held for them; nothing where no budget is met.</param>
internal sealed class RunBill(Exchange exchange, HoldList held) : IDisposable
{
    private readonly Lock _lock = new();
    private decimal _dollars;

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
