using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lightport.Configuration.Yaml;

/// <summary>
/// Reads one YAML document into nodes that know their place. Aliases may repeat what an anchor named, but not make the
/// document large: depth and number of nodes are limited as they would be with every alias written out.
/// </summary>
internal sealed class YamlDocument
{
    public const int LongestText = 8 << 20;
    public const int DeepestLevel = 32;
    public const int MostNodes = 400_000;

    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly string _text;
    private readonly Parser _parser;
    private readonly ConfigurationErrors _errors;
    private ParsingEvent? _next;
    private int _nodes;

    private YamlDocument(string text, ConfigurationErrors errors)
    {
        _text = text;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _errors = errors;
    }

    /// <returns>The document's root, or null where the text holds nothing but comments.</returns>
    /// <exception cref="YamlDocumentException">The text is not YAML, or over a limit.</exception>
    public static YamlNode? Read(string text, ConfigurationErrors errors)
    {
        if (text.Length > LongestText)
        {
            throw new YamlDocumentException(1, 1, "the file is longer than 8 MiB; remove what is no configuration.");
        }

        try
        {
            return new YamlDocument(text, errors).ReadRoot();
        }
        catch (YamlException exception)
        {
            Mark at = exception.Start;
            string said = exception.Message.TrimEnd('.', ' ');
            throw new YamlDocumentException((int)at.Line, (int)at.Column, $"not YAML: {said}.{Quotes(said)}");
        }
    }

    /// <summary>
    /// The usual reason by far, as in <c>{ path: $.days[0] }</c>: what is plain text on a line of its own is none in
    /// braces.
    /// </summary>
    private static string Quotes(string said) =>
        said.Contains("flow", StringComparison.Ordinal)
            ? " Between { } or [ ] a text that holds one of { } [ ] , stands in quotes."
            : "";

    private YamlNode? ReadRoot()
    {
        Take();
        if (Peek() is not DocumentStart)
        {
            return null;
        }

        Take();
        YamlNode root = ReadNode(depth: 0);
        Take();
        return Peek() is DocumentStart second
            ? throw Refuse(second, "the file must hold one document; remove the '---' between them.")
            : root is ScalarNode { IsNull: true } ? null : root;
    }

    private YamlNode ReadNode(int depth)
    {
        ParsingEvent next = Take();
        if (next is AnchorAlias alias)
        {
            return Repeat(alias, depth);
        }

        // The parser lets some malformed text through, as an end where a value should be.
        if (next is not NodeEvent start)
        {
            throw Refuse(next, "not YAML: a value is missing here.");
        }

        if (!start.Tag.IsEmpty)
        {
            throw Refuse(start, "tags (words after '!') are not read here; write the value without one.");
        }

        Count(start, 1, depth);
        YamlNode node = start switch
        {
            SequenceStart sequence => ReadSequence(sequence, depth),
            MappingStart mapping => ReadMapping(mapping, depth),
            Scalar scalar => Text(scalar),
            _ => throw Refuse(start, "only text, lists and mappings are read here."),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private SequenceNode ReadSequence(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (Peek() is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        Take();
        return new SequenceNode(Line(start), Column(start), items);
    }

    private MappingNode ReadMapping(MappingStart start, int depth)
    {
        var entries = new List<KeyValuePair<ScalarNode, YamlNode>>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (Peek() is { } at and not MappingEnd)
        {
            if (ReadNode(depth + 1) is not ScalarNode key)
            {
                throw Refuse(at, "a key must be text.");
            }

            YamlNode value = ReadNode(depth + 1);
            if (lines.TryAdd(key.Value, key.Line))
            {
                entries.Add(new(key, value));
            }
            else
            {
                int first = lines[key.Value];
                _errors.Add(key, $"the key '{key.Value}' stands here a second time; the first is on line {first}.");
            }
        }

        Take();
        return new MappingNode(Line(start), Column(start), entries);
    }

    private YamlNode Repeat(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out YamlNode? node))
        {
            throw Refuse(alias, $"no anchor '&{alias.Value}' stands before this alias.");
        }

        Count(alias, node.Size, depth + node.Height);
        return node;
    }

    private void Count(ParsingEvent at, int nodes, int depth)
    {
        _nodes += nodes;
        if (_nodes > MostNodes)
        {
            throw Refuse(at, $"the document has more than {MostNodes} values, aliases written out.");
        }

        if (depth > DeepestLevel)
        {
            throw Refuse(at, $"the document is nested deeper than {DeepestLevel} levels.");
        }
    }

    private ParsingEvent Take()
    {
        ParsingEvent taken = Peek();
        _next = null;
        return taken;
    }

    private ParsingEvent Peek()
    {
        if (_next is not null)
        {
            return _next;
        }

        try
        {
            _parser.MoveNext();
            return _next = _parser.Current!;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet 16 throws these on some malformed text, where it should throw its own.
            Mark last = _parser.Current?.End ?? Mark.Empty;
            throw new YamlDocumentException((int)last.Line, (int)last.Column, "not YAML from here on.");
        }
    }

    private ScalarNode Text(Scalar scalar) =>
        new(Line(scalar), Column(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain)
        {
            Source = new ScalarSource(_text, (int)scalar.Start.Index, (int)scalar.End.Index, scalar.Style),
        };

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;

    private static YamlDocumentException Refuse(ParsingEvent at, string message) => new(Line(at), Column(at), message);
}
