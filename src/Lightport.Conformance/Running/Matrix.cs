namespace Lightport.Conformance.Running;

/// <summary>Every cell of a run, in the table's order.</summary>
public sealed record Matrix(IReadOnlyList<Cell> Cells)
{
    /// <summary>Whether nothing failed.</summary>
    public bool IsConforming => Count(Outcome.Failed) == 0;

    /// <summary>How many cells came out so.</summary>
    public int Count(Outcome outcome) => Cells.Count(cell => cell.Verdict.Outcome == outcome);
}
