using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;

namespace Lightport.Transport;

/// <summary>
/// Sends over HTTP. One connection pool a provider and connect timeout; HTTP/2 where a TLS provider offers it.
/// Redirects are not followed, cookies not kept, nothing is decompressed: what a provider sends is what is read.
/// </summary>
internal sealed class HttpUpstream : IUpstream, IDisposable
{
    private readonly ConcurrentDictionary<(string Pool, TimeSpan ConnectTimeout), HttpMessageInvoker> _invokers = new();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        HttpMessageInvoker invoker = _invokers.GetOrAdd(
            (request.Pool, request.ConnectTimeout),
            static key => new HttpMessageInvoker(CreateHandler(key.ConnectTimeout)));
        HttpRequestMessage message = CreateMessage(request);
        try
        {
            HttpResponseMessage response = await invoker.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return new HttpUpstreamResponse(response);
        }
        catch (Exception e) when (Classify(e, cancellationToken) is { } failure)
        {
            message.Dispose();
            throw new UpstreamException(failure, e);
        }
    }

    public void Dispose()
    {
        foreach (HttpMessageInvoker invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private static HttpRequestMessage CreateMessage(UpstreamRequest request)
    {
        bool secure = request.Address.Scheme == Uri.UriSchemeHttps;
        var message = new HttpRequestMessage(request.Method, request.Address)
        {
            Version = secure ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Body.Length == 0 && request.Method != HttpMethod.Post
                ? null
                : new SegmentedContent(request.Body, request.MediaType, request.Memory),
        };
        for (int i = 0; i < request.Headers.Count; i++)
        {
            message.Headers.TryAddWithoutValidation(request.Headers[i].Key, request.Headers[i].Value);
        }

        return message;
    }

    private static SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = connectTimeout,
        // Follows a provider's DNS within minutes, and keeps a quiet gateway from holding dead connections.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        MaxResponseHeadersLength = 64,
        // Trace context is the installation's own: providers are not told of it.
        ActivityHeadersPropagator = null,
    };

    private static UpstreamFailure? Classify(Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException { InnerException: TimeoutException }
            when !cancellationToken.IsCancellationRequested => UpstreamFailure.ConnectTimeout,
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        } => UpstreamFailure.Connect,
        HttpRequestException or IOException => UpstreamFailure.Broken,
        _ => null,
    };
}
