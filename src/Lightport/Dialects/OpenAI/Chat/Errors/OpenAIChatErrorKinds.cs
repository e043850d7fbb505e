using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

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
        "insufficient_quota" or "billing_hard_limit_reached" or "insufficient_balance" or "billing_error"
            => ErrorKind.QuotaExceeded,
        "model_not_found" or "deploymentnotfound" or "not_found" or "not_found_error" => ErrorKind.NotFound,
        "overloaded" or "overloaded_error" or "server_overloaded" => ErrorKind.Overloaded,
        "rate_limit_exceeded" or "rate_limit_error" => ErrorKind.RateLimit,
        "invalid_api_key" or "authentication_error" => ErrorKind.Authentication,
        "permission_denied" or "permission_error" => ErrorKind.Permission,
        "request_too_large" => ErrorKind.RequestTooLarge,
        "method_not_allowed" => ErrorKind.MethodNotAllowed,
        "unsupported_media_type" => ErrorKind.UnsupportedMediaType,
        "timeout" or "timeout_error" => ErrorKind.Timeout,
        "image_content_policy_violation" or "bio_policy" => ErrorKind.ContentFilter,
        "invalid_prompt" or "invalid_image" or "invalid_image_url" or "invalid_base64_image" or "invalid_image_format"
            or "invalid_image_mode" or "unsupported_image_media_type" or "empty_image_file" or "image_parse_error"
            or "failed_to_download_image" or "image_file_not_found" or "image_too_large" or "image_too_small"
            or "image_file_too_large" => ErrorKind.InvalidRequest,
        _ => null,
    };

    /// <summary>
    /// The status of a failure that was told inside a success, by its words; 502 where they say nothing.
    /// </summary>
    public static int StatusOf(string? code, string? type) => (ByWord(code) ?? ByWord(type)) switch
    {
        ErrorKind.ContextLength or ErrorKind.ContentFilter or ErrorKind.InvalidRequest => 400,
        ErrorKind.Authentication => 401,
        ErrorKind.Permission => 403,
        ErrorKind.NotFound => 404,
        ErrorKind.MethodNotAllowed => 405,
        ErrorKind.RequestTooLarge => 413,
        ErrorKind.UnsupportedMediaType => 415,
        ErrorKind.QuotaExceeded or ErrorKind.RateLimit => 429,
        ErrorKind.Overloaded => 503,
        ErrorKind.Timeout => 504,
        _ => 502,
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
