namespace Lightport.Cel.Functions;

/// <summary>The language's own functions and operators, with those of its usual extensions.</summary>
internal static class StandardLibrary
{
    public static IReadOnlyList<CelFunction> Functions { get; } =
    [
        .. OperatorFunctions.All,
        .. CollectionFunctions.All,
        .. ConversionFunctions.All,
        .. TextFunctions.All,
        .. TextExtensions.All,
        .. MathFunctions.All,
        .. BitFunctions.All,
        .. TimeFunctions.All,
        .. OptionalFunctions.All,
        .. EncodingFunctions.All,
    ];
}
