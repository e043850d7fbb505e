using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>timeout: { connect: 5s, first-byte: 60s, whole-answer: 10m, idle: 120s, total: 15m }</c>.
/// </summary>
internal static class TimeoutReader
{
    private static readonly SectionKeys Keys = new("connect", "first-byte", "whole-answer", "idle", "total")
    {
        Example = "timeout: { total: 5m }",
    };

    public static StageTimeouts Read(YamlNode node, string path, ConfigurationErrors errors)
    {
        StageTimeouts defaults = StageTimeouts.Default;
        return Section.Read(node, path, Keys, errors) is not { } section ? defaults : new StageTimeouts
        {
            Connect = Duration(section, "connect") ?? defaults.Connect,
            FirstByte = Duration(section, "first-byte") ?? defaults.FirstByte,
            WholeAnswer = Duration(section, "whole-answer") ?? defaults.WholeAnswer,
            Idle = Duration(section, "idle") ?? defaults.Idle,
            Total = Duration(section, "total") ?? defaults.Total,
        };
    }

    private static TimeSpan? Duration(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        TimeSpan? duration = Durations.Parse(text);
        if (duration is null)
        {
            section.Errors.Add(section.Find(key)!, $"{section.Path}.{key} must be a length of time up to 24h, "
                + "as in 200ms, 5s, 15m or 1h.");
        }

        return duration;
    }
}
