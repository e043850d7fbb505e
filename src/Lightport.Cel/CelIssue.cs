namespace Lightport.Cel;

/// <summary>Something wrong in an expression's text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">In characters (code points), from 1.</param>
/// <param name="Message">What is wrong, and what would be right where that is known.</param>
public sealed record CelIssue(int Line, int Column, string Message)
{
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
