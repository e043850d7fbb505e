using Microsoft.Extensions.Logging;

namespace Lightport.Management;

internal static partial class ManagementLog
{
    [LoggerMessage(301, LogLevel.Information, "{RequestId} {Door} by {Author}: {Status}, changed {Changed}")]
    public static partial void Managed(
        this ILogger logger,
        string requestId,
        string door,
        string author,
        int status,
        string changed);

    [LoggerMessage(302, LogLevel.Warning, "{RequestId} {Door} refused: {Status} {Code}")]
    public static partial void NotManaged(
        this ILogger logger,
        string requestId,
        string door,
        int status,
        string? code);
}
