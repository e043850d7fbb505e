using System.Globalization;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Bench.Micro;

/// <summary>Bytes allocated for one text chunk in a running stream: framing, decoder, encoder.</summary>
internal static class ChunkAllocations
{
    private const int Chunks = 20_000;

    public static void Print()
    {
        foreach (string spoken in Samples.Spoken)
        {
            foreach (string served in Samples.Translated)
            {
                string kind = spoken == served ? "relayed" : "translated";
                using var exchange = new SampleExchange(spoken, served, stream: true);
                double bytes = Measure(spoken, exchange);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"allocated a {kind} chunk, B: {spoken} to {served}\t{bytes:0.0}"));
            }
        }
    }

    private static double Measure(string spoken, SampleExchange exchange)
    {
        AnswerRelay relay = exchange.CreateRelay();
        using FrameReader reader = exchange.Call.Framing.CreateReader();
        using var output = new PooledBuffer();
        Upstream.Wire wire = Samples.Wire(spoken);
        foreach (byte[] opening in wire.Opening)
        {
            StreamBenchmarks.Push(reader, opening, relay, output);
        }

        Deltas();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Deltas();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Chunks;

        void Deltas()
        {
            for (int i = 0; i < Chunks; i++)
            {
                StreamBenchmarks.Push(reader, wire.Delta, relay, output);
            }
        }
    }
}
