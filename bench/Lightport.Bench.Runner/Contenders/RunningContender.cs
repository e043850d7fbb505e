using System.Diagnostics;
using Lightport.Bench.Runner.Wire;

namespace Lightport.Bench.Runner.Contenders;

/// <summary>A contender's process, from its start to its end.</summary>
internal sealed class RunningContender : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process? _process;

    private RunningContender(Contender contender, int port, Process? process, TimeSpan start) =>
        (Contender, Port, _process, Start) = (contender, port, process, start);

    public Contender Contender { get; }

    public int Port { get; }

    /// <summary>From the start of the process to its first 200.</summary>
    public TimeSpan Start { get; }

    public int ProcessId => _process!.Id;

    public static async Task<RunningContender> StartAsync(Contender contender, Layout layout, int upstreamPort)
    {
        if (contender.Launch is null)
        {
            return new RunningContender(contender, upstreamPort, null, TimeSpan.Zero);
        }

        int port = Ports.Free();
        long started = Stopwatch.GetTimestamp();
        Process process = ChildProcess.Start(contender.Launch(port), layout, $"{contender.Name}-{port}.log");
        while (!ReadyProbe.IsReady(port, contender.ReadyPath))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                process.Kill(entireProcessTree: true);
                string log = layout.WorkFile($"{contender.Name}-{port}.log");
                throw new InvalidOperationException(
                    $"{contender.Name} did not answer GET {contender.ReadyPath}; see {log}");
            }

            await Task.Delay(1);
        }

        return new RunningContender(contender, port, process, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Resident memory of the process and its workers, in bytes.</summary>
    public long ResidentBytes() => ProcFileSystem.ResidentBytes(ProcessId);

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
    }
}
