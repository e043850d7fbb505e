using System.Diagnostics;
using System.Globalization;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Bench.Micro;

/// <summary>
/// What it costs to read an answer beside its bytes: streams a second with a watch, against those without, with nothing
/// but framing and relay around them. Both take turns, so that whatever else the machine does falls on both.
/// </summary>
internal static class WatchedStreams
{
    private const int Rounds = 21;
    private const int StreamsInRound = 500;

    public static void Print()
    {
        foreach (string dialect in Samples.Translated)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"streams in process, read along against not, ×: {dialect}\t{Measure(dialect):0.00}"));
        }
    }

    private static double Measure(string dialect)
    {
        byte[] stream = Samples.Stream(dialect);
        using var exchange = new SampleExchange(dialect, dialect, stream: true);
        using var output = new PooledBuffer(64 * 1024);
        var ratios = new double[Rounds];
        Time(watched: false);
        Time(watched: true);
        for (int round = 0; round < Rounds; round++)
        {
            ratios[round] = Time(watched: false) / Time(watched: true);
        }

        Array.Sort(ratios);
        return ratios[Rounds / 2];

        double Time(bool watched)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < StreamsInRound; i++)
            {
                Run(exchange, stream, output, watched);
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    /// <returns>How many bytes the client got.</returns>
    public static int Run(SampleExchange exchange, byte[] stream, PooledBuffer output, bool watched)
    {
        using var reader = new SseFrameReader();
        output.Clear();
        AnswerRelay relay = exchange.CreateRelay();
        AnswerWatch? watch = watched ? new AnswerWatch(exchange.Call, [new SampleWatcher()]) : null;
        int written = StreamBenchmarks.Push(reader, stream, relay, output, watch);
        watch?.Complete();
        relay.Complete(output);
        return written + output.Length;
    }
}
