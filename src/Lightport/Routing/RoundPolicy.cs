namespace Lightport.Routing;

/// <summary>How far a model may go on calling tools that the gateway runs, inside one answer.</summary>
/// <param name="Most">
/// How often it is asked at most; the last time it may call none, so that it answers with what it has.
/// </param>
/// <param name="Time">How long tools are run, counted from the answer's beginning.</param>
public sealed record RoundPolicy(int Most, TimeSpan Time)
{
    public static RoundPolicy Default { get; } = new(10, TimeSpan.FromMinutes(2));

    /// <summary>How many tokens all rounds may use before tools are run no more; null where that is not bounded.
    /// </summary>
    public long? Tokens { get; init; }

    /// <summary>
    /// How many US dollars the answer may cost before tools are run no more; null where that is not bounded.
    /// </summary>
    public decimal? Dollars { get; init; }
}
