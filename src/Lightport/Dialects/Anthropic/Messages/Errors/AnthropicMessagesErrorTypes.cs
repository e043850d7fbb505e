using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Error types of the API, their statuses and the kinds that they are.</summary>
internal static class AnthropicMessagesErrorTypes
{
    /// <summary>The status that goes with a type; 502 for a type that nobody knows.</summary>
    public static int Status(string? type) => type switch
    {
        "invalid_request_error" => 400,
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "request_too_large" => 413,
        "rate_limit_error" => 429,
        "api_error" => 500,
        "timeout_error" => 504,
        "overloaded_error" => 529,
        _ => 502,
    };

    public static ErrorKind Kind(string? type, int status, string message) => type switch
    {
        "authentication_error" => ErrorKind.Authentication,
        "billing_error" => ErrorKind.QuotaExceeded,
        "permission_error" => ErrorKind.Permission,
        "not_found_error" => ErrorKind.NotFound,
        "request_too_large" => ErrorKind.RequestTooLarge,
        "rate_limit_error" => ErrorKind.RateLimit,
        "timeout_error" => ErrorKind.Timeout,
        "overloaded_error" => ErrorKind.Overloaded,
        _ => status switch
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
            503 or 529 => ErrorKind.Overloaded,
            >= 500 => ErrorKind.Upstream,
            _ => Refusal(message),
        },
    };

    /// <summary>
    /// The provider's own type where it is one of this wire, else the one that the kind is called here. A type that
    /// says no more than the status would is the provider's only at that status: OpenAI calls a refused key and an
    /// unknown model invalid requests too.
    /// </summary>
    public static string Encode(GatewayError error) => error.Type switch
    {
        "authentication_error" or "billing_error" or "permission_error" or "not_found_error" or "request_too_large"
            or "rate_limit_error" or "timeout_error" or "overloaded_error" => error.Type,
        "invalid_request_error" when error.Status == 400 => error.Type,
        "api_error" when error.Status == 500 => error.Type,
        _ => error.Kind switch
        {
            ErrorKind.Authentication => "authentication_error",
            ErrorKind.QuotaExceeded => "billing_error",
            ErrorKind.Permission => "permission_error",
            ErrorKind.NotFound => "not_found_error",
            ErrorKind.RequestTooLarge => "request_too_large",
            ErrorKind.RateLimit => "rate_limit_error",
            ErrorKind.Timeout => "timeout_error",
            ErrorKind.Overloaded => "overloaded_error",
            ErrorKind.Upstream or ErrorKind.Internal or ErrorKind.Canceled => "api_error",
            _ => "invalid_request_error",
        },
    };

    /// <summary>One type stands for several refusals; only the words tell them apart.</summary>
    private static ErrorKind Refusal(string message)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        return Says("prompt is too long") || Says("exceed context limit") ? ErrorKind.ContextLength
            : Says("credit balance is too low") ? ErrorKind.QuotaExceeded
            : ErrorKind.InvalidRequest;
    }
}
