namespace Lightport.Cel;

/// <summary>
/// What evaluations may cost: about one a call, an element and eight characters. One meter may serve the expressions
/// of one request after another; it is not for several threads.
/// </summary>
/// <param name="limit">What may be spent.</param>
/// <param name="cancellation">Ends an evaluation with an error.</param>
public sealed class CelMeter(long limit = CelMeter.DefaultLimit, CancellationToken cancellation = default)
{
    /// <summary>Some ten milliseconds of work.</summary>
    public const long DefaultLimit = 1_000_000;

    /// <summary>Why evaluations end; null while they may go on.</summary>
    public string? Stopped { get; private set; }

    /// <summary>What has been spent.</summary>
    public long Spent { get; private set; }

    /// <returns>Whether the work may be done.</returns>
    public bool Spend(long amount)
    {
        if (amount <= limit - Spent && !cancellation.IsCancellationRequested)
        {
            Spent += amount;
            return true;
        }

        Stopped ??= cancellation.IsCancellationRequested
            ? "the evaluation was cancelled" : $"the evaluation costs more than {limit}";
        Spent = limit;
        return false;
    }

    /// <summary>The error of an evaluation that may not go on.</summary>
    internal CelValue Refusal() => CelValue.Error(Stopped ?? "the evaluation was stopped");

    /// <summary>Spends what text of a length costs.</summary>
    internal bool SpendText(long characters) => Spend(1 + (characters / 8));
}
