using Lightport.Conversation;

namespace Lightport.Exchanges;

/// <summary>How a request ends in an error after tools have been run for it.</summary>
internal static class RunErrors
{
    private const string ShouldRetry = "x-should-retry";

    private const string Note =
        " Tools have run for this request by now, so that it should not be sent again without looking.";

    /// <summary>
    /// The error as it is where no tool has run; else it says so, and SDKs do not send the request again by themselves.
    /// </summary>
    public static GatewayError Of(Exchange exchange, GatewayError error) => !exchange.HasRunTools ? error : error with
    {
        Message = error.Message + Note,
        ShouldRetry = false,
        Headers =
        [
            .. error.Headers.Where(header => !header.Key.Equals(ShouldRetry, StringComparison.OrdinalIgnoreCase)),
            new(ShouldRetry, "false"),
        ],
    };
}
