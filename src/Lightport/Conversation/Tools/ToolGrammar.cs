namespace Lightport.Conversation;

/// <summary>What the free text that a tool is called with must match.</summary>
/// <param name="Syntax">How it is written (<c>lark</c>, <c>regex</c>).</param>
/// <param name="Definition">The grammar itself.</param>
/// <param name="Field">The field of the tool that the client said it in, to report it by.</param>
public sealed record ToolGrammar(string Syntax, string Definition, string Field);
