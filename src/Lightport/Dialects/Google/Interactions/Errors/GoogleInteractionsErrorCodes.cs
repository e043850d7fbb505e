using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// The API's words for errors (https://ai.google.dev/gemini-api/docs/api-errors), both ways. A word that says why an
/// output was blocked is known by what is in it.
/// </summary>
internal static class GoogleInteractionsErrorCodes
{
    private static readonly string[] Blocks =
        ["safety", "blocked", "blocklist", "prohibited", "recitation", "spii", "content_filter"];

    /// <summary>The output, or the prompt, was held back.</summary>
    public static bool IsBlock(string? code) => code is not null
        && Array.Exists(Blocks, block => code.Contains(block, StringComparison.OrdinalIgnoreCase));

    /// <summary>The status that goes with a word; null for one that nobody knows.</summary>
    public static int? Status(string? code) => code switch
    {
        _ when IsBlock(code) => 400,
        "invalid_request" or "failed_precondition" or "parameter_unknown" => 400,
        "authentication" => 401,
        "payment_required" => 402,
        "permission_denied" => 403,
        "not_found" or "model_not_found" => 404,
        "out_of_range" => 416,
        "rate_limit_exceeded" or "quota_exceeded" => 429,
        "cancelled" => 499,
        "api_error" => 500,
        "service_unavailable" => 503,
        "deadline_exceeded" or "timeout" => 504,
        _ => null,
    };

    /// <summary>The word for an error of whichever provider: the API's own where it gave one.</summary>
    public static string Of(GatewayError error) => Status(error.Code) is not null ? error.Code! : error.Kind switch
    {
        ErrorKind.Authentication => "authentication",
        ErrorKind.Permission => "permission_denied",
        ErrorKind.NotFound => "not_found",
        ErrorKind.RateLimit => "rate_limit_exceeded",
        ErrorKind.QuotaExceeded => "quota_exceeded",
        ErrorKind.Canceled => "cancelled",
        ErrorKind.Overloaded => "service_unavailable",
        ErrorKind.Timeout => "deadline_exceeded",
        ErrorKind.ContentFilter => "content_filter",
        _ => error.Status < 500 ? "invalid_request" : "api_error",
    };
}
