using System.Diagnostics;
using System.Globalization;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;
using Lightport.Bench.Runner.Report;
using Lightport.Bench.Runner.Wire;

namespace Lightport.Bench.Runner.Probes;

/// <summary>
/// A client asks for a stream of 300 MB, stops reading, and later takes the rest: how much the process grows, and how
/// far the upstream got ahead of the client meanwhile. Without back-pressure the latter is all of it.
/// </summary>
internal static class StalledReaderProbe
{
    private const long ReadBeforeStall = 64 * 1024;

    /// <summary>Between two looks at the memory while reading on.</summary>
    private const long LookEvery = 4 * 1024 * 1024;

    public static async Task RunAsync(BenchContext bench, RunningContender target, Scenario scenario)
    {
        byte[] request = RequestBytes.Create(target.Contender, scenario with { ModelSuffix = "-flood" });
        using var connection = new RawConnection(target.Port);
        long before = target.ResidentBytes();
        long most = before;
        connection.Send(request);
        ReadProgress progress;
        do
        {
            progress = connection.Receive();
        }
        while (progress.BodyBytes < ReadBeforeStall);

        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(bench.Options.StallSeconds))
        {
            await Task.Delay(50);
            most = Math.Max(most, target.ResidentBytes());
        }

        long ahead = await FloodedAsync(bench.UpstreamPort) - progress.BodyBytes;
        long nextLook = 0;
        while (!progress.Ended)
        {
            progress = connection.Receive();
            if (progress.BodyBytes >= nextLook)
            {
                nextLook = progress.BodyBytes + LookEvery;
                most = Math.Max(most, target.ResidentBytes());
            }
        }

        string suffix = scenario.Translated ? ", translated" : "";
        bench.Record(FigureNames.StalledGrowth + suffix, target.Contender.Name, Units.Mebibytes(most - before));
        bench.Record(FigureNames.StalledAhead + suffix, target.Contender.Name, Units.Mebibytes(ahead));
    }

    private static async Task<long> FloodedAsync(int upstreamPort)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{upstreamPort}/flooded");
        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
        return long.Parse(await response.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
    }
}
