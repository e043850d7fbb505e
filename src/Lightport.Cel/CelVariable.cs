namespace Lightport.Cel;

/// <summary>A variable that expressions may name.</summary>
/// <param name="Name">May be qualified with dots.</param>
public sealed record CelVariable(string Name, CelType Type);
