using Lightport.Cel;
using Lightport.Routing.Rules;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// Says why an expression comes to nothing, in words of the configuration's alone: what a client said, an error may
/// hold too.
/// </summary>
internal static class FormulaProblem
{
    private const string Missing = "no such key: ";

    /// <summary>Errors that begin like this hold no value.</summary>
    private static readonly string[] Plain =
    [
        "no such overload: ", "the text is no ", "the prompt ", "division by zero", "modulus by zero",
        "the evaluation costs ",
    ];

    public static string Of(RequestFormula formula, CelValue value)
    {
        if (!value.IsError)
        {
            return $"it comes to a value of the kind {value.Kind}";
        }

        string said = value.ErrorMessage;
        if (said.StartsWith(Missing, StringComparison.Ordinal))
        {
            CelRead[] reads = [.. formula.Program.Reads.Where(read => Ends(read.Path, said[Missing.Length..]))];
            return reads is [var only]
                ? $"there is no '{only.Path}'; guard it, as in {RuleReads.Guard(only)}"
                : "something that it reads is not there; guard that with has(…)";
        }

        return Array.Exists(Plain, words => said.StartsWith(words, StringComparison.Ordinal))
            ? said
            : "what it reads is not as it needs it";
    }

    /// <summary>Whether the name stands in the expression itself, and so is no client's.</summary>
    private static bool Ends(string path, string name) =>
        path.EndsWith($".{name}", StringComparison.Ordinal) || path.EndsWith($"['{name}']", StringComparison.Ordinal);
}
