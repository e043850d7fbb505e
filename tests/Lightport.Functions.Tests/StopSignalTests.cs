using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lightport.Functions.Tests;

public sealed class StopSignalTests
{
    [Fact]
    public void ExitCode_WithoutASignal_IsTheHostsOwnStop()
    {
        using var signal = new StopSignal();

        Assert.Equal(0, signal.ExitCode);
    }

    [Fact]
    public async Task ExitCode_AfterASignalOfTheWorkersOwn_HasTheHostStartAnother()
    {
        // As the host's lifetime does, so that the process is not ended there and then.
        using var lifetime = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var signal = new StopSignal();

        using Process kill = Process.Start("sh", ["-c", $"kill -TERM {Environment.ProcessId}"]);
        await kill.WaitForExitAsync();

        Assert.True(SpinWait.SpinUntil(() => signal.ExitCode == 200, TimeSpan.FromSeconds(30)));
    }
}
