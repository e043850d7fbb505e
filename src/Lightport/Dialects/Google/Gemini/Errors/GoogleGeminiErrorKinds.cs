using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Google's words for errors (https://cloud.google.com/apis/design/errors), their statuses and the kinds that they are.
/// </summary>
internal static class GoogleGeminiErrorKinds
{
    /// <summary>The status that goes with a word; 502 for one that nobody knows.</summary>
    public static int Status(string? word) => word switch
    {
        "INVALID_ARGUMENT" or "FAILED_PRECONDITION" or "OUT_OF_RANGE" => 400,
        "UNAUTHENTICATED" => 401,
        "PERMISSION_DENIED" => 403,
        "NOT_FOUND" => 404,
        "ABORTED" or "ALREADY_EXISTS" => 409,
        "RESOURCE_EXHAUSTED" => 429,
        "CANCELLED" => 499,
        "INTERNAL" or "UNKNOWN" or "DATA_LOSS" => 500,
        "UNIMPLEMENTED" => 501,
        "UNAVAILABLE" => 503,
        "DEADLINE_EXCEEDED" => 504,
        _ => 502,
    };

    /// <param name="reason">The machine-readable reason in the details, where there is one.</param>
    public static ErrorKind Kind(int status, string? reason, string message) => reason switch
    {
        // A wrong key is a 400 at the Gemini API.
        "API_KEY_INVALID" or "API_KEY_EXPIRED" or "ACCESS_TOKEN_EXPIRED" => ErrorKind.Authentication,
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
            499 => ErrorKind.Canceled,
            503 => ErrorKind.Overloaded,
            >= 500 => ErrorKind.Upstream,
            _ => Refusal(message),
        },
    };

    /// <summary>One word stands for several refusals; only the message tells them apart.</summary>
    private static ErrorKind Refusal(string message) =>
        message.Contains("exceeds the maximum number of tokens", StringComparison.OrdinalIgnoreCase)
            ? ErrorKind.ContextLength
            : ErrorKind.InvalidRequest;
}
