using Lightport.Cel;

namespace Lightport.Exchanges.Rules;

/// <summary><c>key.spend</c>: US dollars in this day and this month.</summary>
internal sealed class SpendVariable(decimal day, decimal month) : ICelObject
{
    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            "day" => CelValue.Of((double)day),
            "month" => CelValue.Of((double)month),
            _ => default,
        };
        return value.Kind != CelKind.Null;
    }
}
