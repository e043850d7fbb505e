namespace Lightport.Bench.Runner.Report;

/// <summary>One promise and how it was kept.</summary>
/// <param name="Figure">What is promised.</param>
/// <param name="Bar">How much, as text.</param>
/// <param name="Measured">What came out; null where it was not measured.</param>
/// <param name="Met">Whether that is enough.</param>
internal sealed record BarRow(string Figure, string Bar, string? Measured, bool Met)
{
    public string Verdict => Measured is null ? "not measured" : Met ? "met" : "**missed**";
}
