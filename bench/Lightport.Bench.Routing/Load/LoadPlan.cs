namespace Lightport.Bench.Routing.Load;

/// <summary>What clients send: at chance moments, in sessions whose prompts grow from turn to turn.</summary>
/// <param name="PerSecond">Requests a second, on average.</param>
/// <param name="Length">How long they come.</param>
internal sealed record LoadPlan(double PerSecond, TimeSpan Length)
{
    /// <summary>Sessions that run at once.</summary>
    public int Sessions { get; init; } = 200;

    /// <summary>Requests in a session; then another begins in its place.</summary>
    public int Turns { get; init; } = 8;

    /// <summary>Tokens that every session begins with.</summary>
    public int FirstPrompt { get; init; } = 2000;

    /// <summary>Tokens that each turn adds to the prompt.</summary>
    public int Growth { get; init; } = 800;

    /// <summary>Tokens of an answer, on average.</summary>
    public int Answer { get; init; } = 300;
}
