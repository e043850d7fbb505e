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
    /// <param name="condition">Of sources.</param>
    /// <param name="problem">Why it cannot be; empty where it can.</param>
    public bool? IsTrue(RequestFormula condition, out string problem)
    {
        CelValue value = condition.Program.Evaluate(bindings, meter);
        bool? holds = value.IsTrue ? true : value.IsFalse ? false : null;
        problem = holds is null ? FormulaProblem.Of(condition, value) : "";
        return holds;
    }

    /// <summary>A text, number or truth value as text; null where it is none of them, or cannot be evaluated.</summary>
    /// <param name="formula">Of an address.</param>
    /// <param name="problem">Why there is none; empty where there is.</param>
    public string? TextOf(RequestFormula formula, out string problem)
    {
        CelValue value = formula.Program.Evaluate(bindings, meter);
        string? text = value.Kind switch
        {
            CelKind.String => value.AsString(),
            CelKind.Int => value.AsInt().ToString(CultureInfo.InvariantCulture),
            CelKind.Double => value.AsDouble().ToString("R", CultureInfo.InvariantCulture),
            CelKind.Bool => value.IsTrue ? "true" : "false",
            _ => null,
        };
        problem = text is null ? FormulaProblem.Of(formula, value) : "";
        return text;
    }
}
