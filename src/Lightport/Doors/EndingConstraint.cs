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
        && text.Length > ending.Length
        && text.EndsWith(ending, StringComparison.Ordinal)
        && !others.Any(other => text.EndsWith(other, StringComparison.Ordinal));
}
