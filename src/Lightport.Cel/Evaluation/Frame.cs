namespace Lightport.Cel.Evaluation;

/// <summary>What one evaluation has at hand.</summary>
/// <param name="bindings">The host's variables; null while constants are computed, which read none.</param>
/// <param name="locals">The variables of macros, by slot.</param>
internal readonly ref struct Frame(CelBindings? bindings, CelValue[] locals, CelMeter meter)
{
    public CelValue[] Locals { get; } = locals;

    public CelMeter Meter { get; } = meter;

    public CelValue Variable(string name, int place) => bindings!.ValueOf(name, place);
}
