using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Enrichment.Sources;
using Lightport.Mcp;
using Lightport.Routing;
using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads one source: <c>{ file: handbook.md, when: "request.model == 'fast'", max-tokens: 2000 }</c>.
/// </summary>
internal sealed class ContextSourceReader(RouteBuilder routes, McpSettings mcp, ReadingContext context)
{
    private const int MostTokens = 200_000;
    private const int LongestText = 65_536;
    private const int LongestDescription = 4_096;
    private const string OnFailure = "on-failure";
    private const string DescriptionKey = "description";

    private static readonly SectionKeys Keys = new(
        "text", "file", "rest", "mcp", "path", "auth", "private", "resource", "prompt", "when", "place", "description",
        "max-tokens", "wait", "on-failure", "cache")
    {
        Example = "{ file: handbook.md }",
    };

    private static readonly string[] Kinds = ["text", "file", "rest", "mcp"];

    /// <summary>Keys that only some kinds of sources have.</summary>
    private static readonly Dictionary<string, string[]> KindsOf = new(StringComparer.Ordinal)
    {
        ["path"] = ["rest"],
        ["auth"] = ["rest"],
        ["private"] = ["rest"],
        ["resource"] = ["mcp"],
        ["prompt"] = ["mcp"],
        ["wait"] = ["rest", "mcp"],
        ["cache"] = ["rest", "mcp"],
    };

    private static readonly Dictionary<string, ContextPlace> Places = new(StringComparer.Ordinal)
    {
        ["system"] = ContextPlace.System,
        ["turn"] = ContextPlace.Turn,
        ["tool"] = ContextPlace.Tool,
    };

    private static readonly Dictionary<string, bool> Failures = new(StringComparer.Ordinal)
    {
        ["open"] = false,
        ["closed"] = true,
    };

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestCache = TimeSpan.FromSeconds(1);

    private readonly ConditionReader _conditions = new(routes, context.Errors);

    /// <summary>Null, and an error, where it is no source.</summary>
    public ContextSource? Read(string name, YamlNode node)
    {
        if (Section.Read(node, $"{ContextReader.Key}.{name}", Keys, context.Errors) is not { } section
            || Kind(name, section) is not { } source)
        {
            return null;
        }

        ContextPlace place = section.Word("place", Places) ?? source.Place;
        return source with
        {
            Place = place,
            Description = Description(source, place, section),
            When = Condition(section),
            MaxTokens = Tokens(section) ?? source.MaxTokens,
            Wait = Duration(section, "wait", ShortestWait, LongestWait, "2s") ?? source.Wait,
            FailsClosed = section.Word(OnFailure, Failures) ?? false,
            Cache = Duration(section, "cache", ShortestCache, Durations.Longest, "5m") ?? source.Cache,
        };
    }

    /// <summary>A tool has one, and what is none has no arguments either.</summary>
    private static string? Description(ContextSource source, ContextPlace place, Section section)
    {
        string? description = section.Text(DescriptionKey);
        if (place == ContextPlace.Tool)
        {
            if (description is not { Length: > 0 and <= LongestDescription })
            {
                section.Errors.Add(section.Find(DescriptionKey) ?? section.At, $"{section.Path} is a tool, and needs a "
                    + $"'{DescriptionKey}' of at most {LongestDescription} characters: by it the model knows when to "
                    + "ask.");
            }

            return description;
        }

        if (section.Find(DescriptionKey) is { } node)
        {
            section.Errors.Add(node, $"'{DescriptionKey}' is for sources with 'place: tool'.");
        }

        if (source is RestSource { Address.Arguments: [var argument, ..] })
        {
            section.Errors.Add(section.Find("rest")!, $"{{{AddressReader.Arguments}{argument}}} is what a model calls "
                + "a tool with, and so for sources with 'place: tool'.");
        }

        return null;
    }

    private ContextSource? Kind(string name, Section section)
    {
        string[] kinds = [.. Kinds.Where(kind => section.Find(kind) is not null)];
        if (kinds.Length != 1)
        {
            context.Errors.Add(section.At, $"{section.Path} needs one of {string.Join(", ", Kinds)}"
                + (kinds.Length > 1 ? $", and has {string.Join(" and ", kinds)}." : "."));
            return null;
        }

        foreach ((string key, string[] itsKinds) in KindsOf)
        {
            if (section.Find(key) is { } node && !itsKinds.Contains(kinds[0]))
            {
                context.Errors.Add(node, $"'{key}' is for sources by '{string.Join("' or '", itsKinds)}', and this is "
                    + $"one by '{kinds[0]}'.");
            }
        }

        return kinds[0] switch
        {
            "text" => Text(section) is { } text ? new TextSource(name, text) : null,
            "file" => File(section) is { } path ? Found(new FileSource(name, path), section) : null,
            "mcp" => Mcp(name, section),
            _ => RestSourceReader.Read(name, section, context),
        };
    }

    private static string? Text(Section section)
    {
        string? text = section.Text("text");
        if (text?.Length > LongestText)
        {
            section.Errors.Add(section.Find("text")!, $"{section.Path}.text has at most {LongestText} characters; "
                + "put it into a file, and name that.");
        }

        return text;
    }

    /// <summary>It is looked for below one folder; what is hidden there stays hidden.</summary>
    private static string? File(Section section)
    {
        string? path = section.Text("file");
        if (path is null)
        {
            return null;
        }

        if (path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl) || Path.IsPathRooted(path)
            || path.Split('/').Any(part => part is "" || part.StartsWith('.')))
        {
            section.Errors.Add(section.Find("file")!, $"{section.Path}.file is a path below the folder of context "
                + "files, as in docs/handbook.md, without '..' and with nothing hidden in it.");
            return null;
        }

        return path;
    }

    /// <summary>What is wrong with a file may be mended while the gateway runs: it keeps nobody out.</summary>
    private FileSource Found(FileSource source, Section section)
    {
        if (context.Environment.ContextFolder is { } folder
            && SourceFiles.Problem(folder, source.Path) is { } problem)
        {
            section.Errors.Warn(section.Find("file")!, $"{section.Path}.file cannot be read now: {problem}. "
                + $"It is looked for in {folder}.");
        }

        return source;
    }

    private McpSource? Mcp(string name, Section section)
    {
        string? server = section.Text("mcp");
        string? resource = section.Text("resource");
        string? prompt = section.Text("prompt");
        if (server is not null && mcp.Find(server) is null)
        {
            string near = NearNames.Question(server, [.. mcp.Servers.Select(known => known.Label)]);
            section.Errors.Add(section.Find("mcp")!, $"there is no MCP server '{server}' under mcp.servers"
                + (near.Length > 0 ? near : "."));
        }

        if (resource is null == prompt is null)
        {
            section.Errors.Add(section.At, resource is null
                ? $"{section.Path} needs either 'resource' or 'prompt'."
                : $"{section.Path} has both 'resource' and 'prompt'; write one of them.");
        }

        return server is null || (resource ?? prompt) is not { } named ? null
            : new McpSource(name, server, named, IsPrompt: prompt is not null);
    }

    private RequestFormula? Condition(Section section)
    {
        // What becomes of a request that it cannot be evaluated for, 'on-failure' says.
        if (section.Find("when") is not { } node)
        {
            return null;
        }

        if (_conditions.Read(section, RuleFailure.Next) is not { } condition)
        {
            ContextFormulas.TellOfSpend(node, context.Errors);
            return null;
        }

        ContextFormulas.RefuseSpend(condition, node, context.Errors);
        return new RequestFormula(condition);
    }

    private static int? Tokens(Section section)
    {
        if (section.Text("max-tokens") is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int tokens)
            && tokens is >= 1 and <= MostTokens)
        {
            return tokens;
        }

        section.Errors.Add(
            section.Find("max-tokens")!, $"{section.Path}.max-tokens must be a number from 1 to {MostTokens}.");
        return null;
    }

    private static TimeSpan? Duration(
        Section section, string key, TimeSpan shortest, TimeSpan longest, string example)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        TimeSpan? duration = Durations.Parse(text, shortest, longest);
        if (duration is null)
        {
            section.Errors.Add(section.Find(key)!, $"{section.Path}.{key} must be a length of time from "
                + $"{shortest.TotalSeconds:0.##}s to {longest.TotalSeconds:0}s, as in {example}.");
        }

        return duration;
    }
}
