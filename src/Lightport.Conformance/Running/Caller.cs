using System.Text;
using Lightport.Conformance.Clients;

namespace Lightport.Conformance.Running;

/// <summary>Sends a client's requests to the gateway and reads what comes, byte by byte.</summary>
internal sealed class Caller(Uri gateway, string key) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ResponseDrainTimeout = TimeSpan.Zero,
    })
    {
        BaseAddress = gateway,
        Timeout = Patience,
    };

    /// <exception cref="HttpRequestException">The gateway cannot be reached.</exception>
    public async Task<WireAnswer> SendAsync(ClientScript client, Asked asked, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(client, asked);
        using HttpResponseMessage response = await _http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var body = new MemoryStream();
        bool isBroken = false;
        try
        {
            await response.Content.CopyToAsync(body, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            isBroken = true;
        }

        return new WireAnswer(
            (int)response.StatusCode,
            response.Headers.RetryAfter?.ToString(),
            Names(response, "x-lightport-dropped"),
            Names(response, "x-lightport-answer-dropped"),
            body.ToArray(),
            isBroken);
    }

    /// <summary>Asks, and goes away once the provider has been reached.</summary>
    public async Task LeaveAsync(ClientScript client, Asked asked, Task reached, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(client, asked);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<HttpResponseMessage> sending =
            _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        await Task.WhenAny(reached, sending);
        if (!reached.IsCompleted && sending is { IsCompletedSuccessfully: true, Result.IsSuccessStatusCode: true })
        {
            // The gateway has begun to answer; what its provider does next may still be on the way to us.
            await Task.WhenAny(reached, Task.Delay(Patience, cancellationToken));
        }

        await leave.CancelAsync();
        try
        {
            using HttpResponseMessage response = await sending;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It had not been answered yet, and now nobody waits for it.
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(ClientScript client, Asked asked)
    {
        string body = client.Body(asked.Model, asked.IsStream, asked.Case, asked.History).ToJsonString();
        string path = client.Path(asked.Model, asked.IsStream).TrimStart('/');
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        client.SetHeaders(request.Headers, key);
        return request;
    }

    private static string[] Names(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out IEnumerable<string>? values)
            ? [.. values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries))]
            : [];
}
