using System.Net;
using Lightport.Conversation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Lightport.Admission;

/// <summary>
/// Where no key is asked for, the programs of this machine may call and nobody else: no other machine, whatever address
/// was opened, and no web page. A browser lets one post a form anywhere, and read the answers of its own server, whose
/// name can be made to lead here (DNS rebinding).
/// </summary>
internal static class LocalCallers
{
    private const string Instead = "Set LIGHTPORT_KEY, or list client keys in lightport.yaml, to serve others.";

    private static readonly GatewayError Remote = Forbidden(
        "not_this_machine",
        $"This gateway asks for no key and serves the programs of its own machine alone. {Instead}");

    private static readonly GatewayError ForeignHost = Forbidden(
        "host_not_allowed",
        "This gateway asks for no key and is reached by a loopback address alone, as in http://localhost:7071. "
        + Instead);

    private static readonly GatewayError ForeignOrigin = Forbidden(
        "origin_not_allowed",
        "This gateway asks for no key, and web pages may not call it. List the page's origin under 'cors' in "
        + "lightport.yaml to allow it.");

    private static readonly GatewayError UnlistedOrigin = Forbidden(
        "origin_not_allowed",
        "Web pages may not call this door. List the page's origin under 'cors' in lightport.yaml to allow it.");

    private static readonly GatewayError NoJson = new(
        ErrorStage.Admission,
        ErrorKind.UnsupportedMediaType,
        415,
        "This gateway asks for no key, so the request must say what it holds: 'Content-Type: application/json'.")
    {
        Code = "unsupported_media_type",
    };

    /// <summary>Null where the caller is a program of this machine, else a 403 or a 415.</summary>
    public static GatewayError? Refusal(HttpRequest request, CorsSettings cors) => true switch
    {
        _ when !IsFromHere(request) => Remote,
        _ when !IsLoopback(request.Host) || !AreLoopback(request.Headers["X-Forwarded-Host"]) => ForeignHost,
        _ when !MayCall(request.Headers.Origin, cors) => ForeignOrigin,

        // A page may post what has no type, or a form's, without asking first.
        _ when HttpMethods.IsPost(request.Method) && string.IsNullOrEmpty(request.ContentType) => NoJson,
        _ => null,
    };

    /// <summary>
    /// Null where no web page calls, or one that may, else a 403. The Model Context Protocol asks for it whether or not
    /// there are keys (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning).
    /// </summary>
    public static GatewayError? OriginRefusal(HttpRequest request, CorsSettings cors)
    {
        StringValues origin = request.Headers.Origin;
        bool mayCall = origin.Count == 0
            || cors.LeaveFor(origin) is not null
            || (origin is [{ } one] && IsLoopback(one) && IsLoopback(request.Host));
        return mayCall ? null : UnlistedOrigin;
    }

    /// <summary>A connection without addresses is a socket in the file system, or inside this process.</summary>
    private static bool IsFromHere(HttpRequest request)
    {
        ConnectionInfo connection = request.HttpContext.Connection;
        return (connection.LocalIpAddress is not { } local || Loopback.IsAddress(local))
            && (connection.RemoteIpAddress is not { } remote || Loopback.IsAddress(remote))
            && AreAddressesOfHere(request.Headers["X-Forwarded-For"]);
    }

    private static bool IsLoopback(HostString host) =>
        host.HasValue && (IsUsual(host.Value) || Loopback.IsName(host.Host));

    /// <summary>As nearly every program writes it, which is seen without taking it apart.</summary>
    private static bool IsUsual(ReadOnlySpan<char> host)
    {
        int colon = host.IndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? host : host[..colon];
        ReadOnlySpan<char> port = colon < 0 ? default : host[(colon + 1)..];
        return name is "localhost" or "127.0.0.1" && !port.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>What a proxy on this machine, such as the Functions host, says of whom it serves.</summary>
    private static bool AreLoopback(StringValues hosts)
    {
        foreach (string? list in hosts)
        {
            foreach (string host in (list ?? "").Split(','))
            {
                if (!IsLoopback(new HostString(host.Trim())))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool AreAddressesOfHere(StringValues addresses)
    {
        foreach (string? list in addresses)
        {
            foreach (string address in (list ?? "").Split(','))
            {
                if (!IPEndPoint.TryParse(address.AsSpan().Trim(), out IPEndPoint? from)
                    || !Loopback.IsAddress(from.Address))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Programs send no origin; a page that this machine serves itself is as good as one.</summary>
    private static bool MayCall(StringValues origin, CorsSettings cors) =>
        origin.Count == 0 || (origin is [{ } one] && (cors.Lists(one) || IsLoopback(one)));

    /// <summary>By its letters: an address that is parsed may be given another name than it had.</summary>
    private static bool IsLoopback(string origin)
    {
        const string Http = "http://";
        const string Https = "https://";
        string scheme = origin.StartsWith(Https, StringComparison.Ordinal) ? Https : Http;
        return origin.StartsWith(scheme, StringComparison.Ordinal)
            && IsLoopback(new HostString(origin[scheme.Length..]));
    }

    private static GatewayError Forbidden(string code, string message) =>
        new(ErrorStage.Admission, ErrorKind.Permission, 403, message) { Code = code };
}
