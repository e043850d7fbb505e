namespace Lightport.Mcp.Lists;

/// <summary>A kind of what servers list beside their tools.</summary>
/// <param name="Method">Lists it, page by page.</param>
/// <param name="Field">Has it in a page.</param>
/// <param name="Words">What it is called in sentences, in the plural.</param>
/// <param name="Changed">The notification that there are others now.</param>
/// <param name="LongestKey">In characters.</param>
/// <param name="Key">By which one is asked for.</param>
/// <param name="IsWhole">It has all that the protocol wants of it.</param>
internal sealed record EntryKind<T>(
    string Method,
    string Field,
    string Words,
    string Changed,
    int LongestKey,
    Func<T, string?> Key,
    Func<T, bool> IsWhole)
    where T : class;
