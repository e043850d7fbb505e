using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lightport.Doors;

/// <summary>Tells doors apart by how their paths end (<c>:generateContent</c>), behind a name of any length.</summary>
/// <param name="others">Longer endings, of which this one is the end: they lead elsewhere.</param>
internal sealed class EndingConstraint(string ending, IReadOnlyList<string> others) : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out object? value)
        && value is string text
        && EndsIn(ending, text)
        && !others.Any(other => EndsIn(other, text));

    private static bool EndsIn(string end, string text) =>
        text.Length > end.Length && text.EndsWith(end, StringComparison.Ordinal);
}
