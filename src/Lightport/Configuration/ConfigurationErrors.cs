using Lightport.Configuration.Yaml;

namespace Lightport.Configuration;

/// <summary>Collects what is wrong with one document, so that all of it is told at once.</summary>
internal sealed class ConfigurationErrors(string source)
{
    private const int Most = 100;

    private readonly List<ConfigurationError> _errors = [];
    private readonly List<ConfigurationError> _warnings = [];

    public bool Any => _errors.Count > 0;

    public int Count => _errors.Count;

    /// <summary>No more are kept, so none need be worked out.</summary>
    public bool Full => _errors.Count >= Most;

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<ConfigurationError> Errors => InOrder(_errors);

    public IReadOnlyList<string> Warnings => [.. InOrder(_warnings).Select(warning => warning.ToString())];

    public void Add(YamlNode at, string message) => Add(at.Line, at.Column, message);

    public void Add(int line, int column, string message)
    {
        if (!Full)
        {
            _errors.Add(new ConfigurationError(source, line, column, message));
        }
    }

    /// <summary>Nothing that keeps the document from being used.</summary>
    public void Warn(YamlNode at, string message) =>
        _warnings.Add(new ConfigurationError(source, at.Line, at.Column, message));

    private static ConfigurationError[] InOrder(List<ConfigurationError> errors) =>
        [.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)];
}
