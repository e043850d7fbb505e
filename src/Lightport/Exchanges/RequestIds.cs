using System.Globalization;

namespace Lightport.Exchanges;

/// <summary>
/// Makes ids that no two requests share, on any instance: a random number for the process, then a count. A random
/// number a request would ask the kernel each time, for an id that need not be secret.
/// </summary>
internal static class RequestIds
{
    private static readonly string Prefix = $"req_{Guid.NewGuid().ToString("N")[..16]}";
    private static long _count;

    public static string Next() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Interlocked.Increment(ref _count):x12}");
}
