using Lightport.Cel.Values;

namespace Lightport.Cel.Syntax;

/// <summary>An expression's text, and where in it something stands.</summary>
internal sealed class SourceText(string text)
{
    public string Text { get; } = text;

    /// <summary>What is wrong at an offset.</summary>
    public CelIssue Issue(int offset, string message)
    {
        ReadOnlySpan<char> before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        int line = 1 + before.Count('\n');
        return new CelIssue(line, 1 + CodePoints.Count(before[(before.LastIndexOf('\n') + 1)..]), message);
    }

    public CelParseException Failure(int offset, string message) => new(Issue(offset, message));
}
