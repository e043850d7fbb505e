namespace Lightport.Cel.Evaluation;

/// <summary>What one evaluation has at hand.</summary>
/// <param name="variables">By their place in the environment.</param>
/// <param name="locals">The variables of macros, by slot.</param>
internal readonly ref struct Frame(CelValue[] variables, CelValue[] locals, CelMeter meter)
{
    public CelValue[] Variables { get; } = variables;

    public CelValue[] Locals { get; } = locals;

    public CelMeter Meter { get; } = meter;
}
