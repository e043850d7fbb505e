namespace Lightport.Bench.Runner.Load;

/// <summary>One turn under wrk. Latencies are whole answers, in milliseconds.</summary>
internal sealed record WrkResult(double PerSecond, double P50, double P99, long Errors);
