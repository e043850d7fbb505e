using System.Globalization;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Reads a provider's errors (https://ai.google.dev/gemini-api/docs/troubleshooting).</summary>
internal static class GoogleGeminiErrors
{
    private const int LongestPlainText = 500;

    /// <summary>
    /// Reads any error body: Google's, the same in an array as streams have it, plain text, a page, or nothing. Never
    /// throws.
    /// </summary>
    /// <param name="status">The HTTP status; null for an error inside a success, which then tells it.</param>
    public static GatewayError Read(int? status, ReadOnlySpan<byte> body)
    {
        try
        {
            JsonElement root = ProviderJson.Parse(body);
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            {
                root = root[0];
            }

            return root.ValueOf("error") is { } error ? FromJson(status, error) : Build(status, null, null, null);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            // Not JSON: a proxy's page or a line of text, told below as what it is.
            string text = Encoding.UTF8.GetString(body).Trim();
            return Build(status, null, text.Length is 0 or > LongestPlainText || text[0] == '<' ? null : text, null);
        }
    }

    private static GatewayError FromJson(int? status, JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return Build(status, null, error.ValueKind == JsonValueKind.String ? error.Text() : null, null);
        }

        string? word = error.TextOf("status");
        JsonElement[] details = [.. error.ItemsOf("details")];
        string? reason = details.Select(detail => detail.TextOf("reason")).FirstOrDefault(told => told is not null);
        int? code = error.ValueOf("code") is { ValueKind: JsonValueKind.Number } number
            && number.TryGetInt32(out int told) && told is >= 400 and < 600 ? told : null;
        return Build(status ?? code ?? GoogleGeminiErrorKinds.Status(word), word, error.TextOf("message"), reason) with
        {
            RetryAfter = details.Select(RetryDelay).FirstOrDefault(delay => delay is not null),
        };
    }

    private static GatewayError Build(int? status, string? word, string? message, string? reason)
    {
        int effective = status ?? GoogleGeminiErrorKinds.Status(word);
        message = string.IsNullOrEmpty(message)
            ? $"The provider answered with status {effective} and no error that can be read."
            : message;
        ErrorKind kind = GoogleGeminiErrorKinds.Kind(effective, reason, message);
        return new GatewayError(ErrorStage.Upstream, kind, effective, message)
        {
            Type = word,
            Retryable = kind is ErrorKind.RateLimit or ErrorKind.Overloaded or ErrorKind.Timeout or ErrorKind.Upstream,
        };
    }

    /// <summary>How long to wait, as a duration in seconds (<c>48s</c>, <c>0.5s</c>).</summary>
    private static TimeSpan? RetryDelay(JsonElement detail) =>
        detail.TextOf("retryDelay") is { Length: > 1 } delay && delay[^1] == 's'
        && double.TryParse(delay.AsSpan()[..^1], CultureInfo.InvariantCulture, out double seconds)
        && seconds is >= 0 and < int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
