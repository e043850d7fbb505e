using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Lightport.Tests;

/// <summary>The schemas of a vendor's own description of its API, by name. Prose is left out of it unread.</summary>
internal sealed partial class ApiSchemas
{
    public const string OpenAIFolder = "specs/openai";

    private readonly Lazy<YamlMappingNode> _loaded;

    private ApiSchemas(string folder) => _loaded = new Lazy<YamlMappingNode>(() => Load(folder));

    public static ApiSchemas OpenAI { get; } = new(OpenAIFolder);

    public static ApiSchemas Mistral { get; } = new("specs/mistral");

    public YamlMappingNode Of(string name) => (YamlMappingNode)_loaded.Value[name];

    private static YamlMappingNode Load(string folder)
    {
        using var reader = new StreamReader(Path.Combine(SharedFolder.PathOf(folder), "openapi.yaml"));
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
