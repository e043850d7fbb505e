using Lightport.Admission;
using Lightport.Exchanges;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lightport.Doors;

/// <summary>
/// Lets the web pages that the configuration names call and read the answers, errors and streams included. Never at the
/// management doors: no page is to hold the admin key.
/// </summary>
/// <seealso href="https://fetch.spec.whatwg.org/#http-cors-protocol"/>
internal static class CrossOrigin
{
    private const string ManagementPath = "/manage";

    /// <summary>Browsers keep it no longer than this, in seconds.</summary>
    private const string RememberedFor = "7200";

    /// <summary>Puts the leave on whatever answer comes of the request; before anything of it is written.</summary>
    public static void Mark(HttpContext context, CorsSettings? cors)
    {
        if (cors is null or { IsOff: true }
            || context.Request.Path.StartsWithSegments(ManagementPath, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        IHeaderDictionary headers = context.Response.Headers;
        if (!cors.AllowsEveryone)
        {
            headers.Vary = HeaderNames.Origin;
        }

        if (cors.LeaveFor(context.Request.Headers.Origin) is { } leave)
        {
            headers.AccessControlAllowOrigin = leave;
            headers.AccessControlExposeHeaders = "*";
        }
    }

    /// <summary>A browser asks, before it sends a page's request, whether it may; and it may.</summary>
    public static bool IsGrantedPreflight(HttpContext context) =>
        HttpMethods.IsOptions(context.Request.Method)
        && context.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod)
        && context.Response.Headers.ContainsKey(HeaderNames.AccessControlAllowOrigin);

    public static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, POST";

        // The star covers every header that a client may send but this one.
        response.Headers.AccessControlAllowHeaders = "*, Authorization";
        response.Headers.AccessControlMaxAge = RememberedFor;
    }
}
