using System.Net;
using System.Text;

namespace Lightport.Cli.Gateway;

/// <summary>
/// Speaks HTTP to the gateway. Redirects are not followed, so that a key goes only where it was meant to. Connecting
/// takes at most 10 s, a whole answer at most 100 s; a streamed one has no end, but may not be silent for 120 s.
/// </summary>
internal sealed class GatewayClient(GatewayAddress address, TimeProvider clock) : IDisposable
{
    /// <summary>The longest answer that is read into memory.</summary>
    public const int MostAnswerBytes = 64 << 20;

    public static readonly TimeSpan WholeTimeout = TimeSpan.FromSeconds(100);

    /// <summary>The gateway breaks a silence every 15 s.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _invoker = new(CreateHandler(address));

    public string? AdminKey { get; init; }

    public string? ClientKey { get; init; }

    public required string Author { get; init; }

    public required string Agent { get; init; }

    /// <returns>An answer that the gateway was content with.</returns>
    /// <exception cref="CommandFailure">It refused, failed or was not reached.</exception>
    public async Task<GatewayReply> SendAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        GatewayReply reply = await AskAsync(call, cancellationToken);
        return reply.IsSuccess ? reply : throw GatewayFailures.Of(reply, call);
    }

    /// <returns>Whatever it answered.</returns>
    /// <exception cref="CommandFailure">It was not reached, or broke off.</exception>
    public async Task<GatewayReply> AskAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        using var whole = new CancellationTokenSource(WholeTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await OpenAsync(call, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (Exception e) when (GatewayFailures.Of(e, address, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Hands the answer's body to <paramref name="read"/> as it comes, for as long as it comes.</summary>
    /// <exception cref="CommandFailure">It refused, failed, was not reached, or broke off.</exception>
    public async Task StreamAsync(
        GatewayCall call,
        Func<HttpResponseMessage, Stream, CancellationToken, Task> read,
        CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(IdleTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await OpenAsync(call, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                GatewayReply refusal = await ReadAsync(response, either.Token);
                throw GatewayFailures.Of(refusal, call);
            }

            Stream body = await response.Content.ReadAsStreamAsync(either.Token);
            await using var watched = new WatchedStream(body, MostAnswerBytes, () => idle.CancelAfter(IdleTimeout));
            await read(response, watched, either.Token);
        }
        catch (Exception e) when (GatewayFailures.Of(e, address, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    public void Dispose() => _invoker.Dispose();

    private static SocketsHttpHandler CreateHandler(GatewayAddress address) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = ConnectTimeout,
        MaxResponseHeadersLength = 64,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        // No proxy leads to this machine.
        UseProxy = !address.IsLoopback,
    };

    private Task<HttpResponseMessage> OpenAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        string? key = call.Manages ? AdminKey ?? throw GatewayFailures.NoAdminKey() : ClientKey;
        var message = new HttpRequestMessage(call.Method, address.At(call.Path));
        message.Headers.TryAddWithoutValidation("user-agent", Agent);
        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        }

        if (call.Manages && call.Method != HttpMethod.Get)
        {
            message.Headers.TryAddWithoutValidation("x-lightport-author", Author);
        }

        if (call.Claims is not null)
        {
            message.Headers.TryAddWithoutValidation("x-lightport-claims", call.Claims);
        }

        if (call.Accept is not null)
        {
            message.Headers.TryAddWithoutValidation("accept", call.Accept);
        }

        if (call.IfMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("if-match", call.IfMatch);
        }

        if (call.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("content-type", call.MediaType);
        }

        return _invoker.SendAsync(message, cancellationToken);
    }

    private static async Task<GatewayReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var bounded = new WatchedStream(body, MostAnswerBytes, () => { });
        var all = new MemoryStream();
        await bounded.CopyToAsync(all, cancellationToken);
        return new GatewayReply(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.ETag?.ToString(),
            response.Headers.Location,
            all.GetBuffer().AsMemory(0, (int)all.Length));
    }
}
