using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Sources;

/// <summary>What is logged of context; docs/log.md has every event id.</summary>
internal static partial class ContextLog
{
    [LoggerMessage(1001, LogLevel.Warning, "The context {Source} cannot be had: {Reason} (request {RequestId})")]
    public static partial void NotRead(ILogger logger, string source, string reason, string requestId);
}
