using System.Net;
using Lightport.Mcp.Identity;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Goes with every message to one server: shows who asks, asks once more where what it showed is refused, and takes no
/// redirect and no more of an answer than is bounded.
/// </summary>
internal sealed class McpMessageHandler(
    McpServer server, McpCaller caller, McpIdentities identities, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <exception cref="HttpRequestException">It cannot be reached, or leads elsewhere.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach ((string name, string value) in server.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        ShownIdentity? shown = await ShowAsync(request, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized
            && shown is not null
            && identities.Forget(server, caller))
        {
            response.Dispose();
            request.Headers.Remove(shown.Header);
            await ShowAsync(request, cancellationToken).ConfigureAwait(false);
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if ((int)response.StatusCode is >= 300 and < 400)
        {
            HttpStatusCode status = response.StatusCode;
            response.Dispose();
            throw new HttpRequestException("It leads to another address, which is not followed.", null, status);
        }

        response.Content = new BoundedContent(response.Content, McpBounds.LongestAnswer);
        return response;
    }

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
