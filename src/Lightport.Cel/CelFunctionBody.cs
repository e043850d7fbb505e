namespace Lightport.Cel;

/// <summary>What a function does.</summary>
/// <param name="arguments">As many and of those kinds as its overload declares, the receiver first; none is an
/// error.</param>
/// <param name="meter">Is asked before work whose size depends on the arguments.</param>
public delegate CelValue CelFunctionBody(ReadOnlySpan<CelValue> arguments, CelMeter meter);
