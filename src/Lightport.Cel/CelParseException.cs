namespace Lightport.Cel;

/// <summary>An expression that is not of the language's grammar, or too large.</summary>
public sealed class CelParseException : CelCompileException
{
    internal CelParseException(CelIssue issue)
        : base([issue])
    {
    }
}
