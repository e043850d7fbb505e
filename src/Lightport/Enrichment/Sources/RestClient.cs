using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lightport.Transport;

namespace Lightport.Enrichment.Sources;

/// <summary>
/// Asks REST sources: one GET each, no redirect followed, public addresses alone unless the configuration says
/// otherwise, so much of an answer and no more.
/// </summary>
internal sealed class RestClient(ISecretSource secrets, TimeProvider clock) : IDisposable
{
    private const int MostBytes = 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly HttpMessageInvoker _outside = new(PublicConnection.Handler(allowsPrivate: false));
    private readonly HttpMessageInvoker _inside = new(PublicConnection.Handler(allowsPrivate: true));

    /// <exception cref="SourceException">It did not answer in time, or not with what was asked for.</exception>
    public async Task<string> ReadAsync(RestSource source, Uri address, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(source.Wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            string? secret = await SecretAsync(source, either.Token).ConfigureAwait(false);
            using HttpRequestMessage request = Request(source, address, secret);
            HttpMessageInvoker invoker = source.AllowsPrivate ? _inside : _outside;
            using HttpResponseMessage answer = await invoker.SendAsync(request, either.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw new SourceException($"it answered with {(int)answer.StatusCode}") { Word = "http_error" };
            }

            byte[] body = await BodyAsync(answer.Content, either.Token).ConfigureAwait(false);
            string text = source.Path is { } path ? Select(path, body) : StrictUtf8.GetString(body);

            // Some answers quote what they were asked with, and models and clients read them.
            return secret is null ? text : new SecretMask([secret]).Masked(text);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException($"it did not answer within {source.Wait.TotalSeconds:0.###} s", e)
            {
                Word = "timeout",
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new SourceException($"it cannot be reached ({e.GetType().Name})", e) { Word = "unreachable" };
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new SourceException(source.Path is null ? "its answer is no text" : "its answer is no JSON", e);
        }
        catch (SecretUnavailableException e)
        {
            throw new SourceException($"its secret {source.Secret} cannot be had just now", e) { Word = "no_secret" };
        }
    }

    public void Dispose()
    {
        _outside.Dispose();
        _inside.Dispose();
    }

    /// <summary>What the source is shown; null for nothing.</summary>
    private async ValueTask<string?> SecretAsync(RestSource source, CancellationToken cancellationToken) =>
        source.Secret is null
            ? null
            : await secrets.GetAsync(source.Secret, cancellationToken).ConfigureAwait(false)
                ?? throw new SourceException($"its secret {source.Secret} is not set") { Word = "no_secret" };

    private static HttpRequestMessage Request(RestSource source, Uri address, string? secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/*", 0.9));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("lightport", null));
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation(
                source.Header ?? "Authorization", source.Header is null ? $"Bearer {secret}" : secret);
        }

        return request;
    }

    private static async Task<byte[]> BodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            byte[] buffer = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > MostBytes)
                {
                    throw new SourceException($"its answer is longer than {MostBytes >> 20} MiB")
                    {
                        Word = "too_large",
                    };
                }

                body.Write(buffer, 0, read);
            }

            return body.ToArray();
        }
    }

    private static string Select(JsonSelector path, byte[] body)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        return path.Select(json.RootElement) ?? throw new SourceException("its answer has nothing at the path");
    }
}
