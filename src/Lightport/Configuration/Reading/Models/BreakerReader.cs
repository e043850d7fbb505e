using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Routing.State;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>breaker: { failures: 5, window: 30s, open: 30s, ratio: 50%, minimum: 20 }</c>, or <c>breaker: off</c>.
/// </summary>
internal static class BreakerReader
{
    private const int MostCalls = 10_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(CircuitBreaker.LongestWindowSeconds);
    private static readonly TimeSpan LongestOpen = TimeSpan.FromHours(1);

    private static readonly SectionKeys Keys = new("failures", "window", "open", "ratio", "minimum")
    {
        Example = "breaker: { failures: 5 }",
    };

    /// <summary>Null where there is to be none.</summary>
    public static BreakerPolicy? Read(YamlNode node, string path, ConfigurationErrors errors)
    {
        BreakerPolicy defaults = BreakerPolicy.Default;
        if (node is ScalarNode { Value: "off" or "false" or "no" })
        {
            return null;
        }

        return Section.Read(node, path, Keys, errors) is not { } section ? defaults : new BreakerPolicy
        {
            Failures = Number(section, "failures") ?? defaults.Failures,
            Window = Duration(section, "window", LongestWindow, "30s") ?? defaults.Window,
            Open = Duration(section, "open", LongestOpen, "30s") ?? defaults.Open,
            Ratio = Ratio(section),
            Minimum = Number(section, "minimum") ?? defaults.Minimum,
        };
    }

    private static int? Number(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number is >= 1 and <= MostCalls)
        {
            return number;
        }

        section.Errors.Add(section.Find(key)!, $"{section.Path}.{key} must be a number from 1 to {MostCalls}.");
        return null;
    }

    private static TimeSpan? Duration(Section section, string key, TimeSpan longest, string example)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        TimeSpan? duration = Durations.Parse(text, Second, longest);
        if (duration is null)
        {
            section.Errors.Add(
                section.Find(key)!,
                $"{section.Path}.{key} must be a length of time from 1s to {longest.TotalSeconds:0}s, "
                    + $"as in {example}.");
        }

        return duration;
    }

    private static double? Ratio(Section section)
    {
        if (section.Text("ratio") is not { } text)
        {
            return null;
        }

        double? share = Shares.Parse(text);
        if (share is null)
        {
            section.Errors.Add(
                section.Find("ratio")!, $"{section.Path}.ratio must be a share over 0% and up to 100%, as in 50%.");
        }

        return share;
    }
}
