using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>What the language itself has for texts.</summary>
internal static class TextFunctions
{
    /// <summary><c>text.matches('…')</c>, <c>matches(text, '…')</c>.</summary>
    public const string Matches = "matches";

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new("contains", Test(static (text, part) => text.Contains(part, StringComparison.Ordinal))),
        new("startsWith", Test(static (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        new("endsWith", Test(static (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        new(
            Matches,
            CelOverload.Member([CelType.String, CelType.String], CelType.Bool, IsMatch),
            CelOverload.Global([CelType.String, CelType.String], CelType.Bool, IsMatch)),
    ];

    private static CelOverload Test(Func<string, string, bool> test) =>
        CelOverload.Member([CelType.String, CelType.String], CelType.Bool, (arguments, meter) =>
            meter.SpendText(arguments[0].Text.Length + (long)arguments[1].Text.Length)
                ? CelValue.Of(test(arguments[0].Text, arguments[1].Text)) : meter.Refusal());

    private static CelValue IsMatch(ReadOnlySpan<CelValue> arguments, CelMeter meter) =>
        Patterns.IsMatch(arguments[0].Text, arguments[1].Text, meter);
}
