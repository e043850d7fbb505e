using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>
/// The strings extension (https://github.com/google/cel-spec/blob/master/doc/extensions/strings.md), counted in code
/// points.
/// </summary>
internal static class TextExtensions
{
    private static readonly CelType Texts = List(CelType.String);

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new("charAt", Member([CelType.String, Int], CelType.String, static (arguments, _) =>
            TextParts.CharacterAt(arguments[0].Text, arguments[1].Bits))),
        new(
            "indexOf",
            Member([CelType.String, CelType.String], Int, static (arguments, _) =>
                TextParts.IndexOf(arguments[0].Text, arguments[1].Text, 0)),
            Member([CelType.String, CelType.String, Int], Int, static (arguments, _) =>
                TextParts.IndexOf(arguments[0].Text, arguments[1].Text, arguments[2].Bits))),
        new(
            "lastIndexOf",
            Member([CelType.String, CelType.String], Int, static (arguments, _) =>
                TextParts.LastIndexOf(arguments[0].Text, arguments[1].Text, null)),
            Member([CelType.String, CelType.String, Int], Int, static (arguments, _) =>
                TextParts.LastIndexOf(arguments[0].Text, arguments[1].Text, arguments[2].Bits))),
        new(
            "substring",
            Member([CelType.String, Int], CelType.String, static (arguments, _) =>
                TextParts.Substring(arguments[0].Text, arguments[1].Bits, null)),
            Member([CelType.String, Int, Int], CelType.String, static (arguments, _) =>
                TextParts.Substring(arguments[0].Text, arguments[1].Bits, arguments[2].Bits))),
        new("lowerAscii", Member([CelType.String], CelType.String, static (arguments, _) =>
            CelValue.Of(Ascii.ToLower(arguments[0].Text)))),
        new("upperAscii", Member([CelType.String], CelType.String, static (arguments, _) =>
            CelValue.Of(Ascii.ToUpper(arguments[0].Text)))),
        new("trim", Member([CelType.String], CelType.String, static (arguments, _) =>
            CelValue.Of(arguments[0].Text.Trim()))),
        new(
            "replace",
            Member([CelType.String, CelType.String, CelType.String], CelType.String, static (arguments, meter) =>
                TextLists.Replace(arguments[0].Text, arguments[1].Text, arguments[2].Text, -1, meter)),
            Member([CelType.String, CelType.String, CelType.String, Int], CelType.String, static (arguments, meter) =>
                TextLists.Replace(arguments[0].Text, arguments[1].Text, arguments[2].Text, arguments[3].Bits, meter))),
        new(
            "split",
            Member([CelType.String, CelType.String], Texts, static (arguments, meter) =>
                TextLists.Split(arguments[0].Text, arguments[1].Text, -1, meter)),
            Member([CelType.String, CelType.String, Int], Texts, static (arguments, meter) =>
                TextLists.Split(arguments[0].Text, arguments[1].Text, arguments[2].Bits, meter))),
        new(
            "join",
            Member([Texts], CelType.String, static (arguments, meter) => TextLists.Join(arguments[0].Items, "", meter)),
            Member([Texts, CelType.String], CelType.String, static (arguments, meter) =>
                TextLists.Join(arguments[0].Items, arguments[1].Text, meter))),
        new("format", Member([CelType.String, List(Dyn)], CelType.String, static (arguments, meter) =>
            new TextFormat(arguments[0].Text, arguments[1].Items, meter).Write())),
        new("strings.quote", CelOverload.Global([CelType.String], CelType.String, static (arguments, meter) =>
            meter.SpendText(arguments[0].Text.Length)
                ? CelValue.Of(TextParts.Quote(arguments[0].Text)) : meter.Refusal())),
    ];

    /// <summary>A member that pays for the length of its text.</summary>
    private static CelOverload Member(CelType[] parameters, CelType result, CelFunctionBody body) =>
        CelOverload.Member(parameters, result, (arguments, meter) =>
            arguments[0].Kind == CelKind.String && !meter.SpendText(arguments[0].Text.Length)
                ? meter.Refusal() : body(arguments, meter));
}
