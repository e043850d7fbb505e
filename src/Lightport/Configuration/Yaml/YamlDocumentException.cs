namespace Lightport.Configuration.Yaml;

/// <summary>The text is no YAML that is read here.</summary>
internal sealed class YamlDocumentException(int line, int column, string message) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
