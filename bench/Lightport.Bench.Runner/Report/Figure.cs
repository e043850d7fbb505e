namespace Lightport.Bench.Runner.Report;

/// <summary>One number about one contender. The unit is the end of the name.</summary>
internal sealed record Figure(string Name, string Contender, double Value);
