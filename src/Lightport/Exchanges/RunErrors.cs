using Lightport.Conversation;

namespace Lightport.Exchanges;

/// <summary>How a request ends in an error that its client should not answer by sending it again.</summary>
internal static class RunErrors
{
    private const string ShouldRetry = "x-should-retry";

    private const string Note =
        " Tools have run for this request by now, so that it should not be sent again without looking.";

    /// <summary>
    /// The error as it is where no tool has run; else it says so, and SDKs do not send the request again by themselves.
    /// Nor do they where it lasts; but another target of the same request may have failed of what passes.
    /// </summary>
    public static GatewayError Of(Exchange exchange, GatewayError error) => exchange.Runs.HaveBegun
        ? NotRetried(error with { Message = error.Message + Note })
        : error is { Lasts: true, Attempts.Count: 0 } ? NotRetried(error)
        : error;

    private static GatewayError NotRetried(GatewayError error) => error with
    {
        ShouldRetry = false,
        Headers =
        [
            .. error.Headers.Where(header => !header.Key.Equals(ShouldRetry, StringComparison.OrdinalIgnoreCase)),
            new(ShouldRetry, "false"),
        ],
    };
}
