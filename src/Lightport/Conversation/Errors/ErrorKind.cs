namespace Lightport.Conversation;

/// <summary>What went wrong, apart from where: each dialect has its own words and status for these.</summary>
public enum ErrorKind
{
    InvalidRequest,
    RequestTooLarge,
    Authentication,
    Permission,
    NotFound,
    MethodNotAllowed,
    UnsupportedMediaType,
    RateLimit,
    QuotaExceeded,
    ContextLength,
    ContentFilter,
    Overloaded,
    Timeout,
    Canceled,

    /// <summary>The provider failed, could not be reached, or sent what cannot be understood.</summary>
    Upstream,

    /// <summary>The gateway itself is at fault, or is not set up.</summary>
    Internal,
}
