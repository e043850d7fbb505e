using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lightport.Bench.Micro;

// "chunks" and "routing" print one figure a line; anything else goes to BenchmarkDotNet ("--filter *Framing*").
if (args is ["chunks"])
{
    ChunkAllocations.Print();
    WatchedStreams.Print();
    return;
}

if (args is ["routing"])
{
    RoutingCosts.Print();
    return;
}

// In this process: a project generated for each benchmark would build under the repository's rules for shipped code.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.Gen0, Column.Gen1, Column.Gen2);
string[] filter = args is ["benchmarks"] or [] ? ["--filter", "*"] : args;
BenchmarkSwitcher.FromAssembly(typeof(ChunkAllocations).Assembly).Run(filter, config);
