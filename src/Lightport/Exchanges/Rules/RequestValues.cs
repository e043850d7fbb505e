using System.Globalization;
using Lightport.Cel;
using Lightport.Routing.Rules;

namespace Lightport.Exchanges.Rules;

/// <summary>What a configuration's formulas come to for one request; not for several threads.</summary>
/// <param name="bindings">Of <see cref="RuleLanguage.Environment"/>.</param>
/// <param name="meter">Pays for all formulas together.</param>
internal sealed class RequestValues(CelBindings bindings, CelMeter meter)
{
    /// <summary>Whether a condition holds; null where it cannot be evaluated.</summary>
    public bool? IsTrue(RequestFormula condition)
    {
        CelValue value = condition.Program.Evaluate(bindings, meter);
        return value.IsTrue ? true : value.IsFalse ? false : null;
    }

    /// <summary>A text, number or truth value as text; null where it is none of them, or cannot be evaluated.</summary>
    public string? TextOf(RequestFormula formula)
    {
        CelValue value = formula.Program.Evaluate(bindings, meter);
        return value.Kind switch
        {
            CelKind.String => value.AsString(),
            CelKind.Int => value.AsInt().ToString(CultureInfo.InvariantCulture),
            CelKind.Double => value.AsDouble().ToString("R", CultureInfo.InvariantCulture),
            CelKind.Bool => value.IsTrue ? "true" : "false",
            _ => null,
        };
    }
}
