namespace Lightport.Infra.Tests.Grammar;

/// <summary>A named node of a parsed file.</summary>
/// <param name="Line">Where it starts, from 1.</param>
internal sealed record SyntaxNode(string Type, string Text, int Line, IReadOnlyList<SyntaxNode> Children)
{
    public bool IsError => Type is "ERROR" or "MISSING";

    /// <summary>This node and all below it, in the order of the text.</summary>
    public IEnumerable<SyntaxNode> All() => Children.SelectMany(child => child.All()).Prepend(this);

    public IEnumerable<SyntaxNode> All(string type) => All().Where(node => node.Type == type);

    public SyntaxNode? Child(string type) => Children.FirstOrDefault(child => child.Type == type);

    /// <summary>A string's content, without its quotes; for anything else the text as it stands.</summary>
    public string Unquoted => Type == "string" ? Text.Trim('\'') : Text;
}
