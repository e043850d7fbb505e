using Lightport.Admission;
using Lightport.Conversation;

namespace Lightport.Exchanges;

/// <summary>Reads a request's body whole, and has its dialect say what is asked.</summary>
internal static class RequestReader
{
    /// <exception cref="GatewayException">The body may not be read, or does not say soundly what is asked.</exception>
    public static async ValueTask ReadAsync(Exchange exchange)
    {
        GatewayError? refusal = RequestGuard.Check(exchange.Context.Request)
            ?? exchange.Served.CheckMediaType(exchange.Request.MediaType);
        if (refusal is not null)
        {
            throw new GatewayException(refusal);
        }

        exchange.Request.Take(await RequestBody
            .ReadAsync(exchange, RequestGuard.MaxBodyBytes, RequestGuard.BodyTooLarge)
            .ConfigureAwait(false));
        exchange.Facts = exchange.Served.Read(exchange.Request);
    }
}
