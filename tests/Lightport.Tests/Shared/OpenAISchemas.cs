using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Lightport.Tests;

/// <summary>The schemas of OpenAI's own description of its API, by name. Prose is left out of it unread.</summary>
internal static partial class OpenAISchemas
{
    public const string Folder = "specs/openai";

    private static readonly Lazy<YamlMappingNode> Loaded = new(Load);

    public static YamlMappingNode Of(string name) => (YamlMappingNode)Loaded.Value[name];

    private static YamlMappingNode Load()
    {
        using var reader = new StreamReader(Path.Combine(SharedFolder.PathOf(Folder), "openapi.yaml"));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(string.Join('\n', WithoutProse(reader))));
        return (YamlMappingNode)yaml.Documents[0].RootNode["components"]["schemas"];
    }

    /// <summary>Everything from the components on, but the texts that go over several lines.</summary>
    private static IEnumerable<string> WithoutProse(StreamReader reader)
    {
        bool begun = false;
        int prose = int.MaxValue;
        while (reader.ReadLine() is { } line)
        {
            begun |= line == "components:";
            int indent = line.Length - line.TrimStart().Length;
            if (!begun || line.Length == indent || indent > prose)
            {
                continue;
            }

            Match block = Block().Match(line);
            prose = block.Success ? indent + block.Groups[1].Length : int.MaxValue;
            yield return block.Success ? $"{line[..line.LastIndexOf(':')]}: \"\"" : line;
        }
    }

    [GeneratedRegex(@"^\s*((?:- )*)[\w-]+: [|>][+-]?\d*$")]
    private static partial Regex Block();
}
