using System.Diagnostics;

namespace Lightport.Bench.Runner.Contenders;

/// <summary>
/// Starts processes whose output goes to a file, and writes them down for <c>run.sh</c>, which ends them in any case.
/// </summary>
internal static class ChildProcess
{
    public static Process Start(Launch launch, Layout layout, string log)
    {
        // The shell gives way to the program, so that no pipe of ours stands between it and its log.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = layout.Work };
        foreach (string argument in new[] { "-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, launch.File })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string argument in launch.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        File.AppendAllText(layout.WorkFile("processes"), $"{process.Id} {ProcFileSystem.StartTicks(process.Id)}\n");
        return process;
    }
}
