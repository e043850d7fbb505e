using Microsoft.Extensions.Primitives;

namespace Lightport.Admission;

/// <summary>
/// The web pages whose scripts may call and read the answers, by their origin; programs need no such leave.
/// </summary>
public sealed class CorsSettings
{
    /// <summary>Stands for every origin.</summary>
    public const string Everyone = "*";

    private readonly HashSet<string> _origins;

    /// <param name="origins">As browsers write them: <c>https://app.contoso.com</c>, or <c>*</c> for all.</param>
    public CorsSettings(IEnumerable<string> origins) => _origins = origins.ToHashSet(StringComparer.Ordinal);

    /// <summary>No page may.</summary>
    public static CorsSettings Off { get; } = new([]);

    public bool IsOff => _origins.Count == 0;

    public bool AllowsEveryone => _origins.Contains(Everyone);

    /// <summary>Whether this very origin is listed; that all are allowed does not count.</summary>
    public bool Lists(string origin) => origin != Everyone && _origins.Contains(origin);

    /// <summary>
    /// What a page of that origin is told by <c>Access-Control-Allow-Origin</c>; null where it may not call.
    /// </summary>
    public string? LeaveFor(StringValues origin) => true switch
    {
        _ when origin.Count != 1 => null,
        _ when AllowsEveryone => Everyone,
        _ => origin[0] is { } one && Lists(one) ? one : null,
    };
}
