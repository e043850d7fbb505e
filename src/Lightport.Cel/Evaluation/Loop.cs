namespace Lightport.Cel.Evaluation;

/// <summary>What a macro goes over, and what it does with each.</summary>
/// <param name="First">The slot of the first variable.</param>
/// <param name="Second">The slot of the second; null where there is one variable.</param>
internal sealed record Loop(Node Range, int First, int? Second, Node? Condition, Node Body);
