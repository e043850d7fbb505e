using Lightport.Admission;
using Lightport.Cel;

namespace Lightport.Exchanges.Rules;

/// <summary>Who asks: <c>key</c>, which is never the key itself.</summary>
internal sealed class KeyVariable(Exchange exchange, KeySpend spend) : ICelObject
{
    private readonly Caller _caller = exchange.Caller!;
    private CelValue? _tags;

    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            "name" => CelValue.Of(_caller.Name),
            "tags" => _tags ??= CelValue.Of(new TagMap(_caller.Tags)),
            "spend" => Spend(),
            _ => default,
        };
        return value.Kind != CelKind.Null;
    }

    private CelValue Spend()
    {
        (decimal day, decimal month) = spend.Of(exchange);
        return CelValue.Of(new SpendVariable(day, month));
    }
}
