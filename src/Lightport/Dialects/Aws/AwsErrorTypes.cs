using Lightport.Conversation;

namespace Lightport.Dialects.Aws;

/// <summary>
/// Types of Bedrock's errors, their statuses and the kinds that they are
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors).
/// </summary>
internal static class AwsErrorTypes
{
    /// <summary>
    /// The bare name of <c>com.amazon.coral.service#AccessDeniedException</c> or <c>AccessDeniedException:http://…</c>;
    /// in a stream it begins with a small letter.
    /// </summary>
    public static string NameOf(string type)
    {
        string name = type[(type.LastIndexOf('#') + 1)..].Split(':', 2)[0].Trim();
        return name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>The status that goes with a type; 502 for a type that nobody knows.</summary>
    public static int Status(string? name) => name switch
    {
        "ValidationException" or "ConflictException" or "ServiceQuotaExceededException" => 400,
        "AccessDeniedException" => 403,
        "ResourceNotFoundException" => 404,
        "ModelTimeoutException" => 408,
        "ModelErrorException" or "ModelStreamErrorException" => 424,
        "ThrottlingException" or "ModelNotReadyException" => 429,
        "InternalServerException" => 500,
        "ServiceUnavailableException" => 503,
        _ => 502,
    };

    public static ErrorKind Kind(string? name, int status, string message) => name switch
    {
        "ThrottlingException" => ErrorKind.RateLimit,
        "ServiceQuotaExceededException" => ErrorKind.QuotaExceeded,
        "ModelNotReadyException" or "ServiceUnavailableException" => ErrorKind.Overloaded,
        "ModelTimeoutException" => ErrorKind.Timeout,
        "ModelErrorException" or "ModelStreamErrorException" or "InternalServerException" => ErrorKind.Upstream,
        "ResourceNotFoundException" => ErrorKind.NotFound,
        "UnrecognizedClientException" or "InvalidSignatureException" or "SignatureDoesNotMatch"
            or "ExpiredTokenException" or "IncompleteSignatureException" or "InvalidClientTokenId"
            or "MissingAuthenticationTokenException" => ErrorKind.Authentication,
        _ => status switch
        {
            401 => ErrorKind.Authentication,
            403 => IsOfTheKey(message) ? ErrorKind.Authentication : ErrorKind.Permission,
            404 => ErrorKind.NotFound,
            405 => ErrorKind.MethodNotAllowed,
            408 or 504 => ErrorKind.Timeout,
            413 => ErrorKind.RequestTooLarge,
            415 => ErrorKind.UnsupportedMediaType,
            424 => ErrorKind.Upstream,
            429 => ErrorKind.RateLimit,
            503 => ErrorKind.Overloaded,
            >= 500 => ErrorKind.Upstream,
            _ => IsTooLong(message) ? ErrorKind.ContextLength : ErrorKind.InvalidRequest,
        },
    };

    /// <summary>What is refused is the key itself, and not a model to one whose key is sound.</summary>
    private static bool IsOfTheKey(string message) =>
        Says(message, "security token") || Says(message, "signature") || Says(message, "api key")
        || Says(message, "authentication failed");

    /// <summary>Each family of models has words of its own for it.</summary>
    private static bool IsTooLong(string message) =>
        Says(message, "input is too long") || Says(message, "prompt is too long")
        || Says(message, "exceeds maximum length") || Says(message, "exceed context limit")
        || Says(message, "maximum context length") || Says(message, "too many input tokens");

    private static bool Says(string message, string words) =>
        message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
