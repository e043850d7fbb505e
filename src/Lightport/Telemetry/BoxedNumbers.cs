namespace Lightport.Telemetry;

/// <summary>
/// The objects of numbers that most spans have the same of: status codes, ports, counts of attempts. Others are made
/// anew.
/// </summary>
internal static class BoxedNumbers
{
    private const int Most = 1024;

    private static readonly object?[] Made = new object?[Most];

    public static object Of(int number) =>
        (uint)number < Most ? Volatile.Read(ref Made[number]) ?? Make(number) : number;

    /// <summary>Two at once may each make one: they are equal.</summary>
    private static object Make(int number)
    {
        object made = number;
        Volatile.Write(ref Made[number], made);
        return made;
    }
}
