using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>retry: { attempts: 2, on: [429, 503, 529, connect] }</c>.</summary>
internal static class RetryReader
{
    private const int MostAttempts = 10;

    private static readonly SectionKeys Keys = new("attempts", "on")
    {
        Example = "retry: { attempts: 2 }",
    };

    public static RetryPolicy Read(YamlNode node, string path, ConfigurationErrors errors)
    {
        RetryPolicy policy = RetryPolicy.Default;
        if (Section.Read(node, path, Keys, errors) is not { } section)
        {
            return policy;
        }

        if (section.Text("attempts") is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int attempts)
                && attempts is >= 1 and <= MostAttempts)
            {
                policy = policy with { Attempts = attempts };
            }
            else
            {
                errors.Add(section.Find("attempts")!, $"{path}.attempts must be a number from 1 to {MostAttempts}; "
                    + "1 tries each target once.");
            }
        }

        return section.Find("on") is { } on ? On(policy, on, $"{path}.on", errors) : policy;
    }

    private static RetryPolicy On(RetryPolicy policy, YamlNode on, string path, ConfigurationErrors errors)
    {
        var statuses = new HashSet<int>();
        bool connect = false;
        bool timeout = false;
        foreach (YamlNode item in Section.Items(on, path, errors))
        {
            string? cause = Section.TextOf(item, path, errors);
            switch (cause)
            {
                case null:
                    break;
                case "connect":
                    connect = true;
                    break;
                case "timeout":
                    timeout = true;
                    break;
                case "4xx" or "5xx":
                    statuses.UnionWith(Enumerable.Range((cause[0] - '0') * 100, 100));
                    break;
                default:
                    AddStatus(statuses, cause, item, path, errors);
                    break;
            }
        }

        return policy with { Statuses = statuses, Connect = connect, Timeout = timeout };
    }

    private static void AddStatus(
        HashSet<int> statuses,
        string cause,
        YamlNode item,
        string path,
        ConfigurationErrors errors)
    {
        if (int.TryParse(cause, NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            && status is >= 400 and <= 599)
        {
            statuses.Add(status);
        }
        else
        {
            errors.Add(
                item, $"'{cause}' in {path} is no failure; use a status (400 to 599), 4xx, 5xx, connect or timeout.");
        }
    }
}
