using Lightport.Dialects;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>A client's request as the host got it.</summary>
/// <param name="path">The path that it is taken to be sent to; null for the one that it was sent to.</param>
internal sealed class HttpClientRequest(GatewayEndpoint endpoint, HttpRequest request, string? path = null)
    : ClientRequest
{
    public override string Method => request.Method;

    public override string Path => path ?? request.Path.Value ?? "/";

    public override string MediaType => request.ContentType ?? "";

    /// <summary>The body's memory; null until it has been read.</summary>
    public PooledBuffer? Memory { get; private set; }

    public override string? PathValue(string name) => endpoint.ValueIn(Path, name);

    public override string? Query(string name) =>
        request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    public override IReadOnlyList<string> QueryAll(string name) =>
        request.Query.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    public override string? Header(string name) =>
        request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Takes over the body.</summary>
    public void Take(PooledBuffer body) => (Memory, Body) = (body, body.Written);

    /// <summary>Takes over a body in the place of the client's own, which goes on from a kept answer.</summary>
    public void TakeContinued(string id, PooledBuffer body)
    {
        Memory?.Dispose();
        Memory = body;
        Continue(id, body.Written);
    }

    /// <summary>The field that was left out, as what it names is not this client's; null for none.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>Takes over a body in the place of the client's own, which names what is not its.</summary>
    public void TakeWithout(string field, PooledBuffer body)
    {
        TakeSaid(body);
        LeftOut = field;
    }

    /// <summary>Takes over a body in the place of the client's own, which says what that has only named.</summary>
    public void TakeSaid(PooledBuffer body)
    {
        Memory?.Dispose();
        Memory = body;
        Say(body.Written);
    }
}
