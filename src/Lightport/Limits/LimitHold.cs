namespace Lightport.Limits;

/// <summary>A part of a counter that is held for one request until it is known what was used.</summary>
internal abstract class LimitHold
{
    /// <summary>What is held now, in the counter's unit.</summary>
    public abstract long Held { get; }

    /// <summary>Gives back all but so much: the answer proves shorter. More than is held changes nothing.</summary>
    public abstract void Shrink(long amount);

    /// <summary>Counts what was used, even where it is more, and gives back the rest; only once.</summary>
    public abstract void Settle(long used);
}
