namespace Lightport.Bench.Routing.Upstreams;

/// <summary>What is wrong with an upstream for a while.</summary>
internal sealed record Trouble(TimeSpan From, TimeSpan To)
{
    public static Trouble None { get; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The share of requests that fail, each by itself.</summary>
    public double Failing { get; init; }

    /// <summary>What those that fail answer.</summary>
    public int Status { get; init; } = 500;

    /// <summary>How long it takes to fail.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>So many times slower than else.</summary>
    public double Slower { get; init; } = 1;

    /// <summary>The share of requests that are slower, each by itself.</summary>
    public double Straggling { get; init; } = 1;

    /// <summary>The whole run.</summary>
    public static Trouble Always(double failing, int status = 500) =>
        new(TimeSpan.Zero, TimeSpan.MaxValue) { Failing = failing, Status = status };

    /// <summary>Up and down in turns, beginning with up.</summary>
    public static IReadOnlyList<Trouble> Flapping(TimeSpan up, TimeSpan down, TimeSpan until)
    {
        var troubles = new List<Trouble>();
        for (TimeSpan from = up; from < until; from += up + down)
        {
            troubles.Add(new Trouble(from, from + down) { Failing = 1 });
        }

        return troubles;
    }
}
