using Lightport.Cel.Evaluation;

namespace Lightport.Cel.Checking;

/// <summary>A compiled part, and what it gives.</summary>
internal readonly record struct Typed(Node Node, CelType Type);
