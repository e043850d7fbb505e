namespace Lightport.Cel;

/// <summary>An expression that cannot be compiled, with everything that is wrong in it.</summary>
public abstract class CelCompileException : Exception
{
    private protected CelCompileException(IReadOnlyList<CelIssue> issues)
        : base(string.Join("; ", issues)) => Issues = issues;

    /// <summary>In the order of the text; one or more.</summary>
    public IReadOnlyList<CelIssue> Issues { get; }
}
