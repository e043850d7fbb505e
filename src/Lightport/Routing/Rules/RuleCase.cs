using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>A request of which little is known.</summary>
/// <param name="unknown">Stands for all that is not.</param>
internal sealed class RuleCase(CelValue unknown) : ICelObject
{
    private readonly Dictionary<string, CelValue> _known = new(StringComparer.Ordinal);

    public CelValue this[string field]
    {
        set => _known[field] = value;
    }

    public bool TryGetField(string name, out CelValue value)
    {
        value = _known.GetValueOrDefault(name, unknown);
        return true;
    }
}
