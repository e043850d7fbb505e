using System.Globalization;
using System.Text.RegularExpressions;

namespace Lightport.Tests.Telemetry;

/// <summary>
/// Reads Prometheus' text format (version 0.0.4) by the letter of its page: every line is a comment of a known kind or
/// a sample, a family's lines stand together below its type, no series comes twice, and histograms add up.
/// </summary>
/// <seealso href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>
internal sealed partial class Exposition
{
    private static readonly string[] Kinds = ["counter", "gauge", "histogram", "summary", "untyped"];

    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, double> _samples = [];

    private Exposition()
    {
    }

    /// <summary>Series with their labels, as they are written, and values.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    public IEnumerable<string> Families => _types.Keys;

    public static Exposition Read(string text)
    {
        var read = new Exposition();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string family = "";
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            family = read.Take(line, family);
        }

        foreach ((string name, string kind) in read._types)
        {
            if (kind == "histogram")
            {
                read.CheckBuckets(name);
            }
        }

        return read;
    }

    /// <summary>The sum over all series of a name that hold a piece of labels.</summary>
    public double Sum(string name, string labels = "") => _samples
        .Where(sample => sample.Key.Split('{')[0] == name && sample.Key.Contains(labels, StringComparison.Ordinal))
        .Sum(sample => sample.Value);

    private string Take(string line, string family)
    {
        if (line == "# EOF")
        {
            return family;
        }

        if (Type().Match(line) is { Success: true } type)
        {
            string name = type.Groups["name"].Value;
            Assert.Contains(type.Groups["kind"].Value, Kinds);
            Assert.True(_types.TryAdd(name, type.Groups["kind"].Value), $"Two types: {line}");
            return name;
        }

        if (line.StartsWith('#'))
        {
            Assert.Matches(Remark(), line);
            return family;
        }

        Match sample = Sample().Match(line);
        Assert.True(sample.Success, $"No sample: {line}");
        string series = sample.Groups["series"].Value;
        Assert.True(
            sample.Groups["name"].Value is var told
                && (told == family || _types[family] == "histogram" && Suffix().Replace(told, "") == family),
            $"Stands below {family}: {line}");
        Assert.True(_samples.TryAdd(series, Number(sample.Groups["value"].Value)), $"Twice: {line}");
        return family;
    }

    private void CheckBuckets(string name)
    {
        var series = _samples.Keys
            .Where(key => key.StartsWith($"{name}_bucket{{", StringComparison.Ordinal))
            .GroupBy(key => Bound().Replace(key, ""));
        foreach (IGrouping<string, string> one in series)
        {
            double[] counts = [.. one.Select(key => _samples[key])];
            Assert.Equal(counts.Order(), counts);
            Assert.Contains("le=\"+Inf\"", one.Last(), StringComparison.Ordinal);
            string labels = one.Key[(one.Key.IndexOf('{', StringComparison.Ordinal) + 1)..].TrimEnd('}').TrimEnd(',');
            Assert.Equal(counts[^1], _samples[labels.Length == 0 ? $"{name}_count" : $"{name}_count{{{labels}}}"]);
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" or "Nan" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<kind>[a-z]+)$")]
    private static partial Regex Type();

    [GeneratedRegex(@"^# (HELP|UNIT) [a-zA-Z_:][a-zA-Z0-9_:]* .*$")]
    private static partial Regex Remark();

    [GeneratedRegex(
        """^(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})?) (?<value>[^ ]+)( -?\d+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("""le="[^"]*",?""")]
    private static partial Regex Bound();
}
