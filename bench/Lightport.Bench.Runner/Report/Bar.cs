using System.Globalization;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Report;

/// <summary>The bar: what the gateway promises to be, held against what was measured.</summary>
internal static class Bar
{
    private const string Translated = ", translated";

    public static IReadOnlyList<BarRow> Rows(RunReport report)
    {
        const string forwarder = Contender.Forwarder;
        const string portkey = Contender.Portkey;
        Scenario unary = Scenario.Unary;
        Scenario stream = Scenario.Stream;
        Scenario unaryTranslated = Scenario.UnaryTranslated;
        Scenario streamTranslated = Scenario.StreamTranslated;
        return
        [
            Against("passthrough, unary, against the forwarder", forwarder, unary, unary, 0.80),
            Against("translated, unary, against it", forwarder, unaryTranslated, unary, 0.60),
            Against("streams a second against it, passthrough", forwarder, stream, stream, 0.85),
            Against("streams a second against it, translated", forwarder, streamTranslated, stream, 0.55),
            .. Scenario.Spoken.Select(scenario => Against(
                $"{scenario.Name}, against it",
                forwarder,
                scenario,
                scenario.Untranslated,
                scenario.Streamed ? 0.55 : 0.60)),
            Against("streams read along against plain bytes", Contender.Lightport, stream, stream, 0.90, Contender.Watched),
            Against("unary against Portkey", portkey, unary, unary, 10),
            Against("unary, translated, against Portkey", portkey, unaryTranslated, unaryTranslated, 10),
            Against("streams against Portkey", portkey, stream, stream, 10),
            Against("streams, translated, against Portkey", portkey, streamTranslated, streamTranslated, 10),
            AtMost("first byte added, p50", FigureNames.FirstByteP50, 0.3, "ms"),
            AtMost("first byte added, p99", FigureNames.FirstByteP99, 2, "ms"),
            AtMost("first byte added, p50, translated", FigureNames.FirstByteP50 + Translated, 0.3, "ms"),
            AtMost("first byte added, p99, translated", FigureNames.FirstByteP99 + Translated, 2, "ms"),
            AtMost(
                "1 MB request: allocated, in bodies", FigureNames.Allocated(Scenario.Body1M), 1.2, "×",
                scale: 1.0 / Scenario.Body1M.Body().Length),
            AtMost("1 MB request: large objects once warm", FigureNames.LargeObjects(Scenario.Body1M), 0, "a request"),
            AtMost("a translated chunk: allocated", FigureNames.ChunkAllocated, 256, "B"),
            AtMost("open, slow streams: memory each", FigureNames.StreamMemory, 40, "KiB"),
            AtMost("open, slow streams, translated: memory each", FigureNames.StreamMemory + Translated, 40, "KiB"),
            AtMost("stalled reader of 300 MB: growth", FigureNames.StalledGrowth, 16, "MiB"),
            AtMost("stalled reader, translated: growth", FigureNames.StalledGrowth + Translated, 16, "MiB"),
            AtMost("process start to first 200", FigureNames.Start, 250, "ms"),
            AtMost("process start to first 200, native", FigureNames.Start, 250, "ms", us: Contender.Native),
            AtMost("memory, idle", FigureNames.IdleMemory, 80, "MiB"),
            AtMost("memory, idle, native", FigureNames.IdleMemory, 80, "MiB", us: Contender.Native),
            AtMost("memory, after the load", FigureNames.LoadedMemory, 160, "MiB"),
        ];

        BarRow Against(
            string name,
            string other,
            Scenario ours,
            Scenario theirs,
            double least,
            string us = Contender.Lightport)
        {
            double? ratio = report.PerSecond(ours, us) / report.PerSecond(theirs, other);
            string? measured = ratio is { } value ? Text($"{value:0.00}×") : null;
            return new BarRow(name, Text($"≥ {least:0.##}×"), measured, ratio >= least);
        }

        BarRow AtMost(
            string name,
            string figure,
            double most,
            string unit,
            double scale = 1,
            string us = Contender.Lightport)
        {
            double? found = report.Find(figure, us) * scale;
            string? measured = found is { } value ? Text($"{value:0.##} {unit}") : null;
            return new BarRow(name, Text($"≤ {most:0.##} {unit}"), measured, found <= most);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
