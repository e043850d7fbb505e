namespace Lightport.Bench.Routing;

/// <summary>
/// Chance from a seed: SplitMix64 (https://prng.di.unimi.it/splitmix64.c), the same on every runtime. Each purpose has one
/// of its own, so that what one part draws changes nothing of what another does.
/// </summary>
internal sealed class Chance
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    public Chance(ulong seed, string purpose)
    {
        _state = seed;
        foreach (char letter in purpose)
        {
            _state = Next64() ^ letter;
        }
    }

    public ulong Next64()
    {
        ulong mixed = _state += Step;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 up to 1.</summary>
    public double Next() => (Next64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 up to a number.</summary>
    public int Below(int end) => (int)(Next() * end);

    /// <summary>The time to the next of events that come independently of one another.</summary>
    public TimeSpan Exponential(TimeSpan mean) => mean * -Math.Log(1 - Next());

    /// <summary>A time as waits for answers are distributed: never negative, with a long tail.</summary>
    /// <param name="spread">Standard deviation of its logarithm.</param>
    public TimeSpan LogNormal(TimeSpan median, double spread)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
        return median * Math.Exp(spread * normal);
    }
}
