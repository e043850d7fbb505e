namespace Lightport.Cel.Values;

/// <summary>Sums, products and their like. What leaves the range of 64 bits is an error.</summary>
internal static class Arithmetic
{
    public const string Overflow = "a whole number is out of range";

    public static CelValue Negate(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits == long.MinValue ? CelValue.Error(Overflow) : CelValue.Of(-value.Bits),
        CelKind.Double => CelValue.Of(-value.Number),
        _ => value.IsError ? value : Failure.NoOverload("-_", value),
    };

    public static CelValue OfInts(char operation, long left, long right)
    {
        if (right == 0 && operation is '/' or '%')
        {
            return Failure.ByZero(operation);
        }

        Int128 exact = operation switch
        {
            '+' => (Int128)left + right,
            '-' => (Int128)left - right,
            '*' => Math.BigMul(left, right),
            '/' => (Int128)left / right,
            _ => (Int128)left % right,
        };
        return exact >= long.MinValue && exact <= long.MaxValue
            ? CelValue.Of((long)exact) : CelValue.Error(Overflow);
    }

    public static CelValue OfUints(char operation, ulong left, ulong right)
    {
        if (operation is '/' or '%')
        {
            return right == 0 ? Failure.ByZero(operation) : CelValue.Of(operation == '/' ? left / right : left % right);
        }

        Int128 exact = operation switch
        {
            '+' => (Int128)left + right,
            '-' => (Int128)left - right,
            _ => Math.BigMul(left, right) is var product && product > ulong.MaxValue ? -1 : (Int128)product,
        };
        return exact >= 0 && exact <= ulong.MaxValue ? CelValue.Of((ulong)exact) : CelValue.Error(Overflow);
    }

    public static CelValue OfDoubles(char operation, double left, double right) => operation switch
    {
        '+' => CelValue.Of(left + right),
        '-' => CelValue.Of(left - right),
        '*' => CelValue.Of(left * right),
        _ => CelValue.Of(left / right),
    };
}
