using Lightport.Admission;
using Lightport.Cel;

namespace Lightport.Exchanges.Rules;

/// <summary>Who asks: <c>key</c>, which is never the key itself.</summary>
internal sealed class KeyVariable(Caller caller) : ICelObject
{
    private CelValue? _tags;

    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            "name" => CelValue.Of(caller.Name),
            "tags" => _tags ??= CelValue.Of(new TagMap(caller.Tags)),
            _ => default,
        };
        return value.Kind != CelKind.Null;
    }
}
