using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Report;

/// <summary>What is measured beside throughput, as the report names it.</summary>
internal static class FigureNames
{
    public const string Start = "process start to first 200, ms";
    public const string Warm = "load until the rate no longer rose, s";
    public const string StartToAnswer = "process start to first answer, ms";
    public const string IdleMemory = "memory, idle, MiB";
    public const string LoadedMemory = "memory, after the load, MiB";
    public const string FirstByteP50 = "first byte added, p50, ms";
    public const string FirstByteP99 = "first byte added, p99, ms";
    public const string StreamMemory = "memory of an open, slow stream, KiB";
    public const string StalledGrowth = "growth with a stalled reader of 300 MB, MiB";
    public const string StalledAhead = "taken from upstream ahead of the stalled reader, MiB";

    /// <summary>Printed by the micro-benchmarks' program; the pair of dialects follows.</summary>
    public const string ChunkAllocated = "allocated a translated chunk, B: anthropic-messages to openai-chat";

    public static string Allocated(Scenario scenario) => $"allocated a request, B: {scenario.Name}";

    public static string LargeObjects(Scenario scenario) => $"large objects a request: {scenario.Name}";
}
