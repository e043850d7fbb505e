namespace Lightport.Cel;

/// <summary>A variable, or something in it, that an expression reads.</summary>
/// <param name="Path">As it is written: <c>prompt.text</c>, <c>headers['x-team']</c>; <c>[]</c> stands for each
/// element of a list, <c>[*]</c> for a key that is known only at run time.</param>
/// <param name="Variable">The variable that the path begins with.</param>
/// <param name="IsGuarded">It is not asked for where it is missing: <c>has(…)</c>, <c>'key' in map</c> or an optional
/// selection stands before it. A plain variable is always there.</param>
public sealed record CelRead(string Path, string Variable, bool IsGuarded);
