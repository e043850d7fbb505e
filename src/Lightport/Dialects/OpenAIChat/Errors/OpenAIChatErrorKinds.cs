using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// What kind of failure a provider means, by its words first and by its status where they say nothing.
/// </summary>
internal static class OpenAIChatErrorKinds
{
    public static ErrorKind Of(int status, string? code, string? type, string? message) =>
        ByWord(code) ?? ByWord(type) ?? ByMessage(status, message) ?? ByStatus(status);

    private static ErrorKind? ByWord(string? word) => word?.ToLowerInvariant() switch
    {
        "context_length_exceeded" or "too_many_prompt_tokens" or "string_above_max_length" => ErrorKind.ContextLength,
        "content_filter" or "content_policy_violation" or "responsibleaipolicyviolation" => ErrorKind.ContentFilter,
        "insufficient_quota" or "billing_hard_limit_reached" or "insufficient_balance" => ErrorKind.QuotaExceeded,
        "model_not_found" or "deploymentnotfound" => ErrorKind.NotFound,
        "overloaded_error" or "server_overloaded" => ErrorKind.Overloaded,
        _ => null,
    };

    /// <summary>Many have no code for a prompt that is too long, only a sentence.</summary>
    private static ErrorKind? ByMessage(int status, string? message) =>
        message is not null
        && status is 400 or 413 or 422
        && (Says(message, "maximum context length") || Says(message, "max context length")
            || Says(message, "prompt too long") || Says(message, "prompt is too long"))
            ? ErrorKind.ContextLength
            : null;

    private static bool Says(string? message, string words) =>
        message?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false;

    private static ErrorKind ByStatus(int status) => status switch
    {
        401 => ErrorKind.Authentication,
        402 => ErrorKind.QuotaExceeded,
        403 => ErrorKind.Permission,
        404 => ErrorKind.NotFound,
        405 => ErrorKind.MethodNotAllowed,
        408 or 504 => ErrorKind.Timeout,
        413 => ErrorKind.RequestTooLarge,
        415 => ErrorKind.UnsupportedMediaType,
        429 => ErrorKind.RateLimit,
        499 => ErrorKind.Canceled,
        503 or 529 => ErrorKind.Overloaded,
        >= 500 => ErrorKind.Upstream,
        _ => ErrorKind.InvalidRequest,
    };
}
