using System.Net.Http.Headers;

namespace Lightport.Transport;

/// <summary>An answer that came over HTTP.</summary>
internal sealed class HttpUpstreamResponse(HttpResponseMessage response) : UpstreamResponse
{
    public override int Status => (int)response.StatusCode;

    public override string? MediaType => ContentType is { } type ? WithoutParameters(type) : null;

    public override string? ContentType =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values)
            ? values.ToString()
            : null;

    public override long? Length => response.Content.Headers.ContentLength;

    public override IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            foreach ((string name, HeaderStringValues values) in response.Headers.NonValidated)
            {
                yield return new(name, values.ToString());
            }
        }
    }

    public override string? Header(string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;

    /// <summary>The connection's own stream, which is there without waiting: nothing of the body is read yet.</summary>
    public override ValueTask<Stream> OpenBodyAsync(CancellationToken cancellationToken) =>
        new(response.Content.ReadAsStream(cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }
    }

    private static string WithoutParameters(string contentType)
    {
        int semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 ? contentType : contentType[..semicolon].TrimEnd();
    }
}
