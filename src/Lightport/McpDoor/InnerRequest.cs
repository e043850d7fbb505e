using Lightport.Exchanges;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lightport.McpDoor;

/// <summary>
/// A request that the gateway makes of itself in a caller's name: at one of its own doors, by the caller's own key and
/// from where the caller is, so that it is admitted, limited and billed like any other of theirs.
/// </summary>
internal sealed class InnerRequest : IDisposable
{
    /// <summary>What of the caller's headers says who asks, from where, and how it is to go.</summary>
    private static readonly string[] Carried =
    [
        "Authorization", "x-api-key", "x-goog-api-key", "api-key", "X-Forwarded-For", "X-Forwarded-Host",
        "traceparent", "tracestate", "User-Agent", "x-lightport-provider", "x-lightport-session",
        "x-lightport-metadata", "x-lightport-no-retry",
    ];

    private readonly CancellationTokenSource _aborted;
    private readonly MemoryStream _body;

    /// <param name="query">With its question mark; empty for none.</param>
    /// <param name="progress">Is told what comes of a streamed answer; null where it comes whole.</param>
    public InnerRequest(
        Exchange outer,
        GatewayEndpoint door,
        byte[] body,
        QueryString query,
        CancellationToken cancellationToken,
        ProgressTeller? progress = null)
    {
        _aborted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _body = new MemoryStream(body);
        Answer = new InnerAnswer(outer.Budget, _aborted.Cancel)
        {
            Pieces = progress is null ? null : new StreamedAnswer(progress),
        };
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(Answer);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Answer));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = _aborted.Token });
        features.Set(outer.Context.Features.Get<IHttpConnectionFeature>());
        Context = new DefaultHttpContext(features);
        HttpRequest request = Context.Request;
        HttpRequest from = outer.Context.Request;
        (request.Method, request.Path, request.QueryString) = (door.Method, door.Path, query);
        (request.Scheme, request.Host, request.Protocol) = (from.Scheme, from.Host, from.Protocol);
        (request.ContentType, request.ContentLength, request.Body) = ("application/json", body.Length, _body);
        foreach (string name in Carried)
        {
            if (from.Headers.TryGetValue(name, out var values))
            {
                request.Headers[name] = values;
            }
        }

        // A key in the address is read there and nowhere else.
        if (!query.HasValue && from.Query.TryGetValue("key", out var key))
        {
            request.QueryString = QueryString.Create("key", key.ToString());
        }
    }

    public HttpContext Context { get; }

    public InnerAnswer Answer { get; }

    public void Dispose()
    {
        Answer.Dispose();
        _body.Dispose();
        _aborted.Dispose();
    }
}
