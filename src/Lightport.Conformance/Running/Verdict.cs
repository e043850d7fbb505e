namespace Lightport.Conformance.Running;

/// <summary>How a cell of the matrix came out.</summary>
public enum Outcome
{
    /// <summary>All that was said arrived, both ways.</summary>
    Passed,

    /// <summary>Something did not arrive, and the gateway named it.</summary>
    Loses,

    /// <summary>The gateway refused the request, and named what the provider cannot be told.</summary>
    Refused,

    /// <summary>The client's dialect has no words for the case.</summary>
    Unsaid,

    /// <summary>Something was lost in silence, was changed, or broke a law.</summary>
    Failed,
}

/// <summary>How a cell came out, and why.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Detail">What was lost, refused or wrong; empty where all is well.</param>
public sealed record Verdict(Outcome Outcome, string Detail)
{
    /// <summary>Nothing was lost.</summary>
    public static Verdict Passed { get; } = new(Outcome.Passed, "");

    /// <summary>A failure.</summary>
    public static Verdict Failed(string why) => new(Outcome.Failed, why);
}
