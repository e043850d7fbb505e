namespace Lightport.Conformance.Running;

/// <summary>What is found out about a cell, step by step.</summary>
internal sealed class Findings
{
    private readonly SortedSet<string> _losses = new(StringComparer.Ordinal);

    /// <summary>What is wrong, the first of it; null where nothing is.</summary>
    public string? Failure { get; private set; }

    /// <summary>What the gateway said that it cannot tell the provider; null where it asked it.</summary>
    public string? Refusal { get; set; }

    public Verdict Verdict => Failure is not null ? Verdict.Failed(Failure)
        : Refusal is not null ? new Verdict(Outcome.Refused, Refusal)
        : _losses.Count > 0 ? new Verdict(Outcome.Loses, string.Join(", ", _losses))
        : Verdict.Passed;

    /// <summary>Whether the conversation cannot go on.</summary>
    public bool IsOver => Failure is not null || Refusal is not null;

    public void Fail(string why) => Failure ??= why;

    public void Lose(string what) => _losses.Add(what);

    public void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }
}
