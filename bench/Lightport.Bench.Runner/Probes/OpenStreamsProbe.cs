using System.Net;
using System.Net.Sockets;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;
using Lightport.Bench.Runner.Report;
using Lightport.Bench.Runner.Wire;

namespace Lightport.Bench.Runner.Probes;

/// <summary>Memory of a stream that is open and slow (one event a second), with 2,000 of them.</summary>
internal static class OpenStreamsProbe
{
    /// <summary>Streams that are being opened at once.</summary>
    private const int Opening = 64;

    /// <summary>The upstream ends its slow streams after 45 s: by then all has been seen.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(BenchContext bench, RunningContender target, Scenario scenario)
    {
        byte[] request = RequestBytes.Create(target.Contender, scenario with { ModelSuffix = "-slow" });
        long before = target.ResidentBytes();
        using var end = new CancellationTokenSource(Limit);
        using var gate = new SemaphoreSlim(Opening);
        int open = 0;
        Task[] streams = [.. Enumerable.Range(0, bench.Options.OpenStreams).Select(_ => FollowAsync())];
        while (Volatile.Read(ref open) < streams.Length && !end.IsCancellationRequested)
        {
            await Task.Delay(100);
        }

        await Task.Delay(TimeSpan.FromSeconds(3));
        double each = (target.ResidentBytes() - before) / 1024.0 / Math.Max(open, 1);
        string suffix = scenario.Translated ? ", translated" : "";
        bench.Record(FigureNames.StreamMemory + suffix, target.Contender.Name, each);
        if (open < streams.Length)
        {
            bench.Report.Notes.Add(
                $"{target.Contender.Name}: only {open} of {streams.Length} slow streams opened in time.");
        }

        await end.CancelAsync();
        await Task.WhenAll(streams);

        async Task FollowAsync()
        {
            await Task.Yield();
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            byte[] buffer = new byte[2048];
            try
            {
                await gate.WaitAsync(end.Token);
                await socket.ConnectAsync(IPAddress.Loopback, target.Port, end.Token);
                await socket.SendAsync(request, end.Token);
                bool seen = false;
                int count;
                while ((count = await socket.ReceiveAsync(buffer, end.Token)) > 0)
                {
                    if (!seen && buffer.AsSpan(0, count).IndexOf("The light turns"u8) >= 0)
                    {
                        seen = true;
                        Interlocked.Increment(ref open);
                        gate.Release();
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The end of the measurement, or a stream that counts as not opened.
            }
        }
    }
}
