namespace Lightport.Cel.Values;

/// <summary>Errors that several places give.</summary>
internal static class Failure
{
    public static CelValue NoOverload(string function, params ReadOnlySpan<CelValue> arguments)
    {
        string[] kinds = new string[arguments.Length];
        for (int index = 0; index < arguments.Length; index++)
        {
            kinds[index] = Display.KindName(arguments[index]);
        }

        return CelValue.Error($"no such overload: {function}({string.Join(", ", kinds)})");
    }

    public static CelValue NoKey(string key) => CelValue.Error($"no such key: {key}");

    public static CelValue ByZero(char operation) =>
        CelValue.Error(operation == '%' ? "modulus by zero" : "division by zero");

    public static CelValue NoIndex(long index) => CelValue.Error($"index out of range: {index}");
}
