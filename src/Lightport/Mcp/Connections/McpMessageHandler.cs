using System.Net;
using Lightport.Mcp.Identity;
using Lightport.Transport;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Goes with every message to one server: shows who asks, asks once more where what it showed is refused, and takes no
/// redirect, no more of an answer than is bounded, and no flood of requests in it.
/// </summary>
internal sealed class McpMessageHandler(
    McpServer server, McpCaller caller, McpIdentities identities, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Session = "Mcp-Session-Id";

    /// <summary>How long a server may take to let a session go: nobody waits for that.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>What the server itself has asked for, since it was asked something last.</summary>
    private readonly ServerRequestCount _asked = new();

    /// <summary>The session has answered something.</summary>
    private bool _isInSession;

    /// <exception cref="HttpRequestException">It cannot be reached, leads elsewhere, or has ended the session.
    /// </exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!await _asked.TakesAsync(request, cancellationToken).ConfigureAwait(false))
        {
            return new HttpResponseMessage(HttpStatusCode.Accepted) { RequestMessage = request };
        }

        foreach ((string name, string value) in server.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (request.Content is { Headers.ContentLength: null } content)
        {
            // The package streams what it has in memory anyway, and plain servers read no body without its length.
            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }

        using CancellationTokenSource? farewell = request.Method == HttpMethod.Delete
            ? new CancellationTokenSource(Farewell)
            : null;
        cancellationToken = farewell?.Token ?? cancellationToken;
        ShownIdentity? shown = await ShowAsync(request, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (shown is not null && MayDoBetter(response))
        {
            response.Dispose();
            request.Headers.Remove(shown.Header);
            shown = await ShowAsync(request, cancellationToken).ConfigureAwait(false);
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if ((int)response.StatusCode is >= 300 and < 400)
        {
            HttpStatusCode status = response.StatusCode;
            response.Dispose();
            throw new HttpRequestException("It leads to another address, which is not followed.", null, status);
        }

        if (request.Headers.Contains(Session))
        {
            if (IsOver(response.StatusCode))
            {
                response.Dispose();
                throw new SessionOverException();
            }

            _isInSession |= response.StatusCode == HttpStatusCode.OK;
        }

        SecretMask? secrets = shown is null ? null : new SecretMask([SecretOf(shown)]);
        response.Content = new BoundedContent(response.Content, McpBounds.LongestAnswer, _asked, secrets);
        return response;
    }

    private static string SecretOf(ShownIdentity shown)
    {
        const string Bearer = "Bearer ";
        return shown.Value.StartsWith(Bearer, StringComparison.Ordinal) ? shown.Value[Bearer.Length..] : shown.Value;
    }

    /// <summary>What was shown is refused, and something else may be had: more scopes, or the same anew.</summary>
    private bool MayDoBetter(HttpResponseMessage response) =>
        identities.StepUp(server, caller, ScopeChallenge.Of(response))
        || (response.StatusCode == HttpStatusCode.Unauthorized && identities.Forget(server, caller));

    /// <summary>
    /// The protocol has 404 for a session that is not known. Servers after the examples of its TypeScript package say
    /// 400, which in a new session is about the request itself.
    /// </summary>
    private bool IsOver(HttpStatusCode status) =>
        status == HttpStatusCode.NotFound || (status == HttpStatusCode.BadRequest && _isInSession);

    private async ValueTask<ShownIdentity?> ShowAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ShownIdentity? shown = await identities.ShownAsync(server, caller, cancellationToken).ConfigureAwait(false);
        if (shown is not null)
        {
            request.Headers.TryAddWithoutValidation(shown.Header, shown.Value);
        }

        return shown;
    }
}
