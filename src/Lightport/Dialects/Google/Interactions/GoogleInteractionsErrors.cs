using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads a provider's errors (https://ai.google.dev/gemini-api/docs/api-errors): a word and a message. What comes from
/// before the API itself is an error as all of Google's are.
/// </summary>
internal static class GoogleInteractionsErrors
{
    /// <summary>An interaction that is not known, or not to this client: it is not told which.</summary>
    public static GatewayError NotFound(string id) => new(
        ErrorStage.Request, ErrorKind.NotFound, 404, $"Interaction with id '{ShortText.Of(id)}' not found.");

    /// <summary>Reads any error body. Never throws.</summary>
    /// <param name="status">The HTTP status; null for an error inside a success, which then tells it.</param>
    public static GatewayError Read(int? status, ReadOnlySpan<byte> body)
    {
        try
        {
            if (ProviderJson.Parse(body).ObjectOf("error") is { } error && error.TextOf("code") is not null)
            {
                return Of(status, error);
            }
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            // Read below as what else it may be.
        }

        return GoogleGeminiErrors.Read(status, body);
    }

    /// <summary>An error by its word and its message.</summary>
    /// <param name="status">The HTTP status; null for an error inside a success.</param>
    public static GatewayError Of(int? status, JsonElement error)
    {
        string? code = error.TextOf("code");
        string? message = error.TextOf("message");
        int told = status ?? GoogleInteractionsErrorCodes.Status(code) ?? 502;
        message = string.IsNullOrEmpty(message) ? "The provider failed without a reason that can be read." : message;
        ErrorKind kind = code switch
        {
            "quota_exceeded" or "payment_required" => ErrorKind.QuotaExceeded,
            _ when GoogleInteractionsErrorCodes.IsBlock(code) => ErrorKind.ContentFilter,
            _ => GoogleGeminiErrorKinds.Kind(told, reason: null, message),
        };
        return new GatewayError(ErrorStage.Upstream, kind, told, message)
        {
            Code = code,
            Retryable = kind is ErrorKind.RateLimit or ErrorKind.Overloaded or ErrorKind.Timeout or ErrorKind.Upstream,
        };
    }

    /// <summary>How an interaction failed that came under a 200; null where it did not fail.</summary>
    public static GatewayError? In(JsonElement interaction, ErrorStage stage)
    {
        string status = interaction.TextOf("status") ?? "";
        bool isFailure = status is "failed" or "cancelled" or "in_progress" or "queued";
        if (!isFailure)
        {
            return interaction.ObjectOf("error") is { } alone ? Of(null, alone) with { Stage = stage } : null;
        }

        foreach (JsonElement told in interaction.ItemsOf("errors"))
        {
            return Of(null, told) with { Stage = stage };
        }

        return GatewayError.BadUpstream($"The provider ended the interaction as '{status}'.", stage);
    }
}
