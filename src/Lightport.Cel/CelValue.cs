using Lightport.Cel.Values;

namespace Lightport.Cel;

/// <summary>
/// One value of the language. Scalars lie in the struct itself, so that comparing numbers and fields allocates nothing.
/// An error is a value too, since the logical operators may absorb it.
/// </summary>
public readonly struct CelValue
{
    private readonly object? _reference;

    private CelValue(CelKind kind, long bits = 0, object? reference = null, int nanoseconds = 0)
    {
        Kind = kind;
        Bits = bits;
        _reference = reference;
        Nanoseconds = nanoseconds;
    }

    public static CelValue Null => default;

    public static CelValue True => new(CelKind.Bool, 1);

    public static CelValue False => new(CelKind.Bool);

    public CelKind Kind { get; }

    public bool IsError => Kind == CelKind.Error;

    public bool IsTrue => Kind == CelKind.Bool && Bits != 0;

    public bool IsFalse => Kind == CelKind.Bool && Bits == 0;

    /// <summary>An integer as it is, a double's bits, a timestamp's seconds, a duration's nanoseconds.</summary>
    internal long Bits { get; }

    /// <summary>What a timestamp has beyond its whole seconds, from 0 to 999 999 999.</summary>
    internal int Nanoseconds { get; }

    internal ulong Unsigned => (ulong)Bits;

    internal double Number => BitConverter.Int64BitsToDouble(Bits);

    internal string Text => (string)_reference!;

    internal byte[] Octets => (byte[])_reference!;

    internal CelList Items => (CelList)_reference!;

    internal CelMap Entries => (CelMap)_reference!;

    internal ICelObject Host => (ICelObject)_reference!;

    internal CelType Named => (CelType)_reference!;

    internal Perhaps Inside => (Perhaps)_reference!;

    public static CelValue Of(bool value) => new(CelKind.Bool, value ? 1 : 0);

    public static CelValue Of(long value) => new(CelKind.Int, value);

    public static CelValue Of(ulong value) => new(CelKind.Uint, (long)value);

    public static CelValue Of(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static CelValue Of(string value) => new(CelKind.String, 0, Present(value));

    public static CelValue Of(byte[] value) => new(CelKind.Bytes, 0, Present(value));

    public static CelValue Of(CelList value) => new(CelKind.List, 0, Present(value));

    public static CelValue Of(CelMap value) => new(CelKind.Map, 0, Present(value));

    public static CelValue Of(ICelObject value) => new(CelKind.Object, 0, Present(value));

    public static CelValue Of(CelType value) => new(CelKind.Type, 0, Present(value));

    public static CelValue Of(DateTimeOffset value)
    {
        long ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        long seconds = (long)Math.Floor((decimal)ticks / TimeSpan.TicksPerSecond);
        return OfTimestamp(seconds, (int)(ticks - (seconds * TimeSpan.TicksPerSecond)) * 100);
    }

    /// <summary>A duration. Beyond 292 years, which it cannot hold, it is an error.</summary>
    public static CelValue Of(TimeSpan value) =>
        Math.BigMul(value.Ticks, 100L) is var exact && exact >= long.MinValue && exact <= long.MaxValue
            ? OfDuration((long)exact) : Error("a duration is out of range");

    public static CelValue Error(string message) => new(CelKind.Error, 0, Present(message));

    /// <summary>Why the evaluation failed.</summary>
    /// <exception cref="InvalidOperationException">It did not fail.</exception>
    public string ErrorMessage => Kind == CelKind.Error ? Text : throw Another(CelKind.Error);

    /// <exception cref="InvalidOperationException">It is no text.</exception>
    public string AsString() => Kind == CelKind.String ? Text : throw Another(CelKind.String);

    /// <exception cref="InvalidOperationException">It is no signed integer.</exception>
    public long AsInt() => Kind == CelKind.Int ? Bits : throw Another(CelKind.Int);

    /// <exception cref="InvalidOperationException">It is no double.</exception>
    public double AsDouble() => Kind == CelKind.Double ? Number : throw Another(CelKind.Double);

    /// <exception cref="InvalidOperationException">It is no list.</exception>
    public CelList AsList() => Kind == CelKind.List ? Items : throw Another(CelKind.List);

    /// <exception cref="InvalidOperationException">It is no map.</exception>
    public CelMap AsMap() => Kind == CelKind.Map ? Entries : throw Another(CelKind.Map);

    /// <summary>The value as text, as an explanation shows it.</summary>
    public override string ToString() => Display.Of(this);

    internal static CelValue OfTimestamp(long seconds, int nanoseconds) =>
        new(CelKind.Timestamp, seconds, null, nanoseconds);

    internal static CelValue OfDuration(long nanoseconds) => new(CelKind.Duration, nanoseconds);

    internal static CelValue Of(Perhaps value) => new(CelKind.Optional, 0, value);

    private static object Present(object? value) => value ?? throw new ArgumentNullException(nameof(value));

    private InvalidOperationException Another(CelKind wanted) => new($"The value is {Kind}, not {wanted}.");
}
