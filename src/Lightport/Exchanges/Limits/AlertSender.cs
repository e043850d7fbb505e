using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lightport.Limits.Rules;
using Lightport.Transport;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// Posts alerts to a webhook, signed as <c>t=&lt;seconds&gt;,v1=&lt;HMAC-SHA256 of "seconds.body" in hex&gt;</c>, some
/// times over where it fails. Redirects are not followed, and public addresses alone are called unless it is said
/// otherwise.
/// </summary>
internal sealed class AlertSender(ISecretSource secrets, TimeProvider time, ILogger<AlertSender> logger) : IDisposable
{
    /// <summary>What the signature stands in.</summary>
    internal const string SignatureHeader = "x-lightport-signature";

    private const int MostTries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _outside = new(PublicConnection.Handler(allowsPrivate: false));
    private readonly HttpMessageInvoker _inside = new(PublicConnection.Handler(allowsPrivate: true));

    /// <summary>Never throws: whoever asked is long gone.</summary>
    public async Task SendAsync(AlertWebhook webhook, BudgetAlert alert)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(alert, AlertJsonContext.Default.BudgetAlert);
        TimeSpan pause = FirstPause;
        string problem = "";
        for (int tries = 1; tries <= MostTries; tries++)
        {
            if (tries > 1)
            {
                await Task.Delay(pause, time).ConfigureAwait(false);
                pause *= 2;
            }

            (bool isOver, problem) = await TryAsync(webhook, body).ConfigureAwait(false);
            if (isOver)
            {
                break;
            }
        }

        if (problem.Length > 0)
        {
            LimitLog.NotAlerted(logger, alert.Limit, alert.Percent, problem);
        }
    }

    public void Dispose()
    {
        _outside.Dispose();
        _inside.Dispose();
    }

    internal static string Sign(string secret, long seconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hash.AppendData(body);
        string digits = Convert.ToHexStringLower(hash.GetHashAndReset());
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={digits}");
    }

    /// <returns>Whether it need not be tried again, and what went wrong; empty where nothing did.</returns>
    private async Task<(bool IsOver, string Problem)> TryAsync(AlertWebhook webhook, byte[] body)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            if (await secrets.GetAsync(webhook.Secret, patience.Token).ConfigureAwait(false) is not { } secret)
            {
                return (true, $"its secret {webhook.Secret} is not set");
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address)
            {
                Content = new ByteArrayContent(body)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
                },
            };
            request.Headers.TryAddWithoutValidation(
                SignatureHeader, Sign(secret, time.GetUtcNow().ToUnixTimeSeconds(), body));
            HttpMessageInvoker invoker = webhook.AllowsPrivate ? _inside : _outside;
            using HttpResponseMessage answer =
                await invoker.SendAsync(request, patience.Token).ConfigureAwait(false);
            int status = (int)answer.StatusCode;
            bool passes = answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
                || status >= 500;
            return status is >= 200 and < 300 ? (true, "") : (!passes, $"the webhook answered with {status}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return (false, $"the webhook cannot be reached ({e.GetType().Name})");
        }
        catch (SecretUnavailableException)
        {
            return (false, $"its secret {webhook.Secret} cannot be had just now");
        }
    }
}
