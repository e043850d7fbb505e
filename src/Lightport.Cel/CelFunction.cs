namespace Lightport.Cel;

/// <summary>A function that expressions may call.</summary>
/// <param name="Name">May be qualified with dots (<c>math.abs</c>).</param>
/// <param name="Overloads">Tried in order.</param>
public sealed record CelFunction(string Name, params IReadOnlyList<CelOverload> Overloads);
