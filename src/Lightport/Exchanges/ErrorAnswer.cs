using Lightport.Conversation;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>
/// An error before anything else was sent: a real status, and a body that the client's SDK understands.
/// </summary>
internal static class ErrorAnswer
{
    public static async ValueTask WriteAsync(Exchange exchange, GatewayError error)
    {
        error = RunErrors.Of(exchange, error.Bounded());
        exchange.Error = error;
        using var body = new PooledBuffer(1024);
        exchange.Family.EncodeError(error, exchange.RequestId, body);
        HttpResponse response = exchange.Context.Response;
        response.StatusCode = error.Status;
        response.ContentType = exchange.Family.ErrorMediaType;
        response.ContentLength = body.Length;
        ResponseHeaders.Write(exchange, error.Headers);
        exchange.MarkFirstByte();
        await response.BodyWriter.WriteAsync(body.Written, exchange.Aborted).ConfigureAwait(false);
    }
}
