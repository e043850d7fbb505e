using Lightport.Transport;

namespace Lightport.Mcp.Connections;

/// <summary>
/// The connections to all MCP servers, and to whoever gives tokens for them. Redirects are not followed, cookies not
/// kept, and only public addresses are reached, whatever a name resolves to at that moment, unless it is said
/// otherwise; where a cloud gives its machines keys, not even then.
/// </summary>
internal sealed class McpHttp : IDisposable
{
    private readonly SocketsHttpHandler _public = Create(allowsPrivate: false);
    private readonly SocketsHttpHandler _any = Create(allowsPrivate: true);

    public HttpMessageHandler Handler(bool allowsPrivate) => allowsPrivate ? _any : _public;

    public void Dispose()
    {
        _public.Dispose();
        _any.Dispose();
    }

    private static SocketsHttpHandler Create(bool allowsPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // A proxy would resolve the name itself, and reach what this must not.
        UseProxy = allowsPrivate,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        EnableMultipleHttp2Connections = true,
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = null,
        ConnectCallback = allowsPrivate ? PublicConnection.OpenPrivateAsync : PublicConnection.OpenAsync,
    };
}
