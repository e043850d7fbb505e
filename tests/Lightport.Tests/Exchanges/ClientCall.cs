using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lightport.Tests.Exchanges;

/// <summary>One client's request, and what has come of it.</summary>
internal sealed class ClientCall : IDisposable
{
    private readonly CancellationTokenSource _aborted = new();

    /// <param name="upload">The body as the test sends it, in place of one that is there whole.</param>
    public ClientCall(
        string method, string path, string body, IReadOnlyDictionary<string, string> headers, Stream? upload = null)
    {
        Lifetime = new ClientLifetime(_aborted.Token);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(new ClientResponse(Body));
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Body));
        features.Set<IHttpRequestLifetimeFeature>(Lifetime);
        Context = new DefaultHttpContext(features);
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string[] parts = path.Split('?', 2);
        Context.Request.Method = method;
        Context.Request.Scheme = "http";
        Context.Request.Host = new HostString("localhost", 7071);
        Context.Request.Path = PathString.FromUriComponent(parts[0]);
        Context.Request.QueryString = new QueryString(parts.Length > 1 ? "?" + parts[1] : "");
        if (method == "POST")
        {
            Context.Request.ContentType = "application/json";
            Context.Request.ContentLength = upload is null ? bytes.Length : null;
            Context.Request.Body = upload ?? new MemoryStream(bytes);
        }

        foreach ((string name, string value) in headers)
        {
            Context.Request.Headers[name] = value;
        }
    }

    public DefaultHttpContext Context { get; }

    public ClientBody Body { get; } = new();

    public ClientLifetime Lifetime { get; }

    /// <summary>The gateway's work on it; await it to have the whole answer.</summary>
    public Task Done { get; set; } = Task.CompletedTask;

    public int Status => Context.Response.StatusCode;

    public string Text => Body.Text;

    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The error's message, code or type, in either dialect's body.</summary>
    public string? Error(string field) => (string?)Json["error"]![field];

    public string? Header(string name) =>
        Context.Response.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public void Abort() => _aborted.Cancel();

    public void Dispose() => _aborted.Dispose();
}
