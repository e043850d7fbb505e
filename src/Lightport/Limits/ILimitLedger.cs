namespace Lightport.Limits;

/// <summary>Holds parts of counters for requests, exactly over all instances.</summary>
internal interface ILimitLedger
{
    /// <summary>
    /// Holds so much of a counter, or nothing; without waiting where this instance has it at hand.
    /// </summary>
    /// <param name="amount">In the counter's unit; not negative.</param>
    ValueTask<LimitGrant> ReserveAsync(LimitCounter counter, long amount, CancellationToken cancellationToken);
}
