using Microsoft.Extensions.Logging;

namespace Lightport.Admission.Identity;

internal static partial class IdentityLog
{
    [LoggerMessage(401, LogLevel.Warning, "A token of {Issuer} is refused: {Reason}")]
    public static partial void TokenRefused(this ILogger logger, string issuer, string reason);

    [LoggerMessage(402, LogLevel.Error, "The keys of {Issuer} could not be read: {Reason}")]
    public static partial void IssuerAway(this ILogger logger, string issuer, string reason);

    [LoggerMessage(403, LogLevel.Information, "The keys of {Issuer} can be read again")]
    public static partial void IssuerBack(this ILogger logger, string issuer);

    [LoggerMessage(404, LogLevel.Warning, "{Name} is in no group that may ask models; map one of theirs, or a default")]
    public static partial void NoGroup(this ILogger logger, string name);
}
