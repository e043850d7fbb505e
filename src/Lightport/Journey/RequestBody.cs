using Lightport.Conversation;
using Lightport.Transport;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Journey;

/// <summary>Reads a request's body whole.</summary>
internal static class RequestBody
{
    /// <param name="tooLarge">What a longer body is answered with, also when only reading it shows its size.</param>
    /// <exception cref="GatewayException">It is too long, or did not arrive whole.</exception>
    public static async ValueTask<PooledBuffer> ReadAsync(
        HttpRequest request,
        long maxBytes,
        GatewayError tooLarge,
        CancellationToken cancellationToken)
    {
        try
        {
            return await BodyReader
                .ReadAsync(request.Body, request.ContentLength, (int)maxBytes, cancellationToken)
                .ConfigureAwait(false) ?? throw new GatewayException(tooLarge);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new GatewayException(tooLarge, e);
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (IOException e)
        {
            // Kestrel's own exception for a bad body is one of these, and so is that for a chunk size past all numbers.
            throw new GatewayException(
                GatewayError.BadRequest("The request body did not arrive whole.", code: "invalid_body"), e);
        }
    }
}
