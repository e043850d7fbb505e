using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary>Chooses among a function's overloads by the kinds of the arguments.</summary>
internal static class Dispatch
{
    /// <param name="overloads">Of as many parameters as there are arguments.</param>
    /// <param name="arguments">None is an error.</param>
    public static CelValue Call(
        string function, CelOverload[] overloads, ReadOnlySpan<CelValue> arguments, CelMeter meter)
    {
        if (!meter.Spend(1))
        {
            return meter.Refusal();
        }

        foreach (CelOverload overload in overloads)
        {
            if (overload.Takes(arguments))
            {
                return overload.Body(arguments, meter);
            }
        }

        return Failure.NoOverload(function, arguments);
    }
}
