namespace Lightport.Cel;

/// <summary>An expression that names what is not declared, or whose types do not go together.</summary>
public sealed class CelCheckException : CelCompileException
{
    internal CelCheckException(IReadOnlyList<CelIssue> issues)
        : base(issues)
    {
    }
}
