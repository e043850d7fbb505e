namespace Lightport.Bench.Routing.Upstreams;

/// <summary>How a simulated upstream behaves. Prices are in dollars a million tokens.</summary>
internal sealed record UpstreamPlan(string Name)
{
    /// <summary>From the request to the answer's first content, the median of a quiet upstream.</summary>
    public TimeSpan FirstContent { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Standard deviation of that time's logarithm.</summary>
    public double Spread { get; init; } = 0.3;

    public double TokensPerSecond { get; init; } = 150;

    /// <summary>Answers at once that it serves at its full pace; with more it becomes slower in proportion.</summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>Requests a second that it takes; the others are a 429. Null where any number.</summary>
    public double? Limit { get; init; }

    /// <summary>What its 429 asks to wait.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What the book of prices knows it by, with <see cref="Model"/>; of "simulated" it knows nothing.
    /// </summary>
    public string Maker { get; init; } = "simulated";

    public string Model { get; init; } = "simulated";

    public double InputPrice { get; init; } = 3;

    /// <summary>Of what its prompt cache still holds.</summary>
    public double CachedPrice { get; init; } = 0.3;

    public double OutputPrice { get; init; } = 15;

    /// <summary>In configuration, under weighted selection.</summary>
    public int Weight { get; init; } = 1;

    public IReadOnlyList<Trouble> Troubles { get; init; } = [];

    /// <summary>The trouble that it has then; <see cref="Trouble.None"/> where all is well.</summary>
    public Trouble At(TimeSpan moment)
    {
        foreach (Trouble trouble in Troubles)
        {
            if (moment >= trouble.From && moment < trouble.To)
            {
                return trouble;
            }
        }

        return Trouble.None;
    }
}
